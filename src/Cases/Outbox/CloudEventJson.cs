// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;

namespace Detector.Cases.Outbox;

/// <summary>Events in CloudEvents 1.0 JSON, structured mode, with the sequence extension.</summary>
internal static class CloudEventJson
{
    /// <summary>Content type of the whole.</summary>
    public const string ContentType = "application/cloudevents+json";

    private static readonly Uri Source = new("urn:detector:cases");
    private static readonly CloudEventAttribute Sequence = CloudEventAttribute.CreateExtension("sequence", CloudEventAttributeType.String);

    private static readonly JsonEventFormatter Formatter = new(
        new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }, default);

    /// <summary>The event as UTF-8.</summary>
    public static ReadOnlyMemory<byte> Encode(OutboxEvent happened)
    {
        using var data = JsonDocument.Parse(happened.DataJson);
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, [Sequence])
        {
            Id = happened.Id,
            Source = Source,
            Type = happened.Type,
            Subject = happened.Subject,
            Time = happened.Time,
            DataContentType = "application/json",
            Data = data.RootElement.Clone(),
        };

        // The extension orders events of one subject even for a consumer that reads from several queues.
        cloudEvent[Sequence] = happened.Sequence.ToString("D19", CultureInfo.InvariantCulture);
        return Formatter.EncodeStructuredModeMessage(cloudEvent, out _);
    }

    /// <summary>The event as text.</summary>
    public static string Write(OutboxEvent happened) => Encoding.UTF8.GetString(Encode(happened).Span);
}
