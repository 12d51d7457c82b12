// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using OpenTelemetry.Exporter;

namespace Detector.Host.Configuration;

/// <summary>How traces travel to the collector.</summary>
internal enum TracesProtocol
{
    /// <summary>OTLP over gRPC, usually port 4317.</summary>
    Grpc,

    /// <summary>OTLP over HTTP in protocol buffers, usually port 4318.</summary>
    Http,
}

/// <summary>Traces of messages from arrival to judgement: section <c>Traces</c>. Off where <see cref="Endpoint"/> is left out.</summary>
/// <remarks>A collector that is away costs nothing but the spans: they are kept in a bounded queue, then given up. Readings never wait for it.</remarks>
internal sealed class TracesOptions : IValidatableObject
{
    /// <summary>The OpenTelemetry collector, such as <c>http://127.0.0.1:4317</c>.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>How they travel.</summary>
    public TracesProtocol Protocol { get; set; } = TracesProtocol.Grpc;

    /// <summary>Share of messages that are traced, 0 to 1.</summary>
    [Range(0.0, 1.0)]
    public double MessageShare { get; set; } = 0.01;

    internal OtlpExportProtocol ExportProtocol => Protocol == TracesProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;

    /// <summary>Over HTTP the path of the signal belongs to the address.</summary>
    internal Uri ExportTo(Uri endpoint) => Protocol == TracesProtocol.Http && endpoint.AbsolutePath == "/" ? new Uri(endpoint, "/v1/traces") : endpoint;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is { } endpoint && (!endpoint.IsAbsoluteUri || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps)))
        {
            yield return new ValidationResult("it must be a collector's address, such as http://127.0.0.1:4317", [nameof(Endpoint)]);
        }
    }
}
