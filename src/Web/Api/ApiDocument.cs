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
                Description = "A token made by: detector tokens create NAME; or, where it is set up, an access token of the identity provider",
            };
            document.Paths.Add("/metrics", Metrics());
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Shape(schema, Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            AddHeaders(operation, context.Description.ActionDescriptor.EndpointMetadata.OfType<ChangesCases>().Any());
            ApiExamples.Add(operation);
            return Task.CompletedTask;
        });
    }

    /// <summary>The exposition of Prometheus, which the host serves and the document would not know of.</summary>
    private static OpenApiPathItem Metrics() => new()
    {
        Operations = new Dictionary<HttpMethod, OpenApiOperation>
        {
            [HttpMethod.Get] = new()
            {
                OperationId = "GetMetrics",
                Summary = "Every metric",
                Description = "In the text format of Prometheus. Never asks for a token: counts and times only, no meter, site or person is named in it.",
                Security = [],
                Responses = new OpenApiResponses
                {
                    ["200"] = new OpenApiResponse
                    {
                        Description = "OK",
                        Content = new Dictionary<string, OpenApiMediaType> { ["text/plain"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } } },
                    },
                },
            },
        },
    };

    /// <summary>Headers that calls take besides their parameters, with what they answer in them.</summary>
    private static void AddHeaders(OpenApiOperation operation, bool changesCases)
    {
        if (changesCases)
        {
            Take(operation, ChangeCalls.KeyHeader, "A text of your own, unique for this request: sent again, it gives the first answer and changes nothing; with another request it is refused (422).", "6f1d2a52-9c1b-4c2e-8f7a-0b8a3b7f4d11");
        }

        var isOneCase = operation.OperationId == "GetCase";
        if (isOneCase || (changesCases && operation.OperationId != "MoveCases"))
        {
            Take(operation, isOneCase ? "If-None-Match" : "If-Match", isOneCase ? "An ETag: 304 where the case is still that version." : "An ETag: 412 where the case is no longer that version.", "\"42\"");
            Give(operation, "ETag", "This version of the case.", "\"42\"");
        }

        if (operation.OperationId is "ListCases" or "ListAudit" or "ListParkedEvents")
        {
            Give(operation, "Link", "The next page; absent on the last.", "</api/v1/cases?after=c-17&limit=100>; rel=\"next\"");
        }
    }

    private static void Take(OpenApiOperation operation, string name, string text, string example) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = text,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = JsonValue.Create(example),
    });

    private static void Give(OpenApiOperation operation, string name, string text, string example)
    {
        if (operation.Responses?.TryGetValue("200", out var ok) == true && ok is OpenApiResponse answer)
        {
            answer.Headers ??= new Dictionary<string, IOpenApiHeader>();
            answer.Headers[name] = new OpenApiHeader { Description = text, Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = JsonValue.Create(example) };
        }
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
