// SPDX-License-Identifier: Apache-2.0
using System.Text.Json.Nodes;
using Detector.Metering;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Detector.Web.Api;

/// <summary>The OpenAPI document: title, security, the types that have a text of their own, and examples.</summary>
internal static class ApiDocument
{
    /// <summary>Sets up the document.</summary>
    internal static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Detector",
                Version = "v1",
                Description = "Readings, verdicts and cases. Times are UTC, ISO 8601 with Z; power in kW; names in snake_case. Errors are problem details (RFC 9457).",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["token"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token made by: detector tokens create NAME",
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Shape(schema, Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, _, _) =>
        {
            ApiExamples.Add(operation);
            return Task.CompletedTask;
        });
    }

    /// <summary>Types with a converter of their own have no shape that could be read from them.</summary>
    private static void Shape(OpenApiSchema schema, Type type)
    {
        if (type == typeof(double))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.Number, "double");
        }
        else if (type == typeof(DateTimeOffset))
        {
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
            schema.Examples = [JsonValue.Create("2026-01-01T00:00:00Z")];
        }
        else if (type == typeof(MeterId))
        {
            (schema.Type, schema.MinLength, schema.MaxLength) = (JsonSchemaType.String, 1, MeterId.MaxLength);
        }
    }
}
