// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using System.Text.Json.Serialization;
using Detector.Metering;

namespace Detector.Web.Api;

/// <summary>The JSON of the HTTP calls: the same conventions as findings.</summary>
internal static class ApiJson
{
    /// <summary>Sets the conventions on the serializer of the endpoints.</summary>
    internal static void Configure(JsonSerializerOptions options)
    {
        var shared = FindingJson.Options;
        options.PropertyNamingPolicy = shared.PropertyNamingPolicy;
        options.Encoder = shared.Encoder;
        options.NumberHandling = JsonNumberHandling.Strict;
        foreach (var converter in shared.Converters)
        {
            options.Converters.Add(converter);
        }
    }
}
