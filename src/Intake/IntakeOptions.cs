// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Intake;

/// <summary>Which MQTT a client speaks.</summary>
public enum MqttProtocol
{
    /// <summary>MQTT 5, and 3.1.1 where the broker does not know 5.</summary>
    Newest,

    /// <summary>MQTT 5 only.</summary>
    V5,

    /// <summary>MQTT 3.1.1 only.</summary>
    V311,
}

/// <summary>Where messages come from and how they are acknowledged; section <c>Mqtt</c>.</summary>
public sealed class IntakeOptions : IValidatableObject
{
    /// <summary>Topics subscribed to where <see cref="Topics"/> names none.</summary>
    public const string DefaultTopic = "meters/+";

    /// <summary>Endpoint of the embedded broker, <c>ADDRESS:PORT</c>; port 0 takes a free one; empty: no embedded broker.</summary>
    public string Listen { get; set; } = string.Empty;

    /// <summary>External broker, <c>mqtt://user:password@HOST:PORT</c> or <c>mqtts://…</c>; empty: none.</summary>
    public string Url { get; set; } = string.Empty;

    /// <summary>Client id at the external broker. It must stay the same across restarts: the broker keeps the session under it.</summary>
    [Required]
    [StringLength(128, MinimumLength = 1, ErrorMessage = "it must have 1 to 128 characters")]
    public string ClientId { get; set; } = "detector";

    /// <summary>MQTT of the external broker.</summary>
    public MqttProtocol Protocol { get; set; } = MqttProtocol.Newest;

    /// <summary>Topic filters at the external broker, at QoS 1; <c>$share/GROUP/FILTER</c> for shared subscriptions; empty: <see cref="DefaultTopic"/>.</summary>
    public IList<string> Topics { get; } = [];

    /// <summary>Messages the external broker may send before the first is acknowledged (1 to 65 535, default 2 048).</summary>
    [Range(1, 65_535)]
    public int ReceiveMaximum { get; set; } = 2_048;

    /// <summary>Largest payload taken, in bytes (1 to 60 MiB, default 1 MiB); a larger one is refused and counted.</summary>
    [Range(1, 60 << 20)]
    public int MaxPayloadBytes { get; set; } = 1 << 20;

    /// <summary>How long the external broker keeps the session while we are away, in seconds (0 to 4 294 967 295, default 7 days).</summary>
    [Range(0L, 4_294_967_295L)]
    public long SessionExpirySeconds { get; set; } = 7 * 24 * 3_600;

    /// <summary>Keep-alive of the connection, in seconds (1 to 65 535, default 30).</summary>
    [Range(1, 65_535)]
    public int KeepAliveSeconds { get; set; } = 30;

    /// <summary>Longest wait for an answer of the external broker, in seconds (1 to 300, default 10).</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; set; } = 10;

    /// <summary>First pause before a connection is tried again, in milliseconds (1 to 60 000, default 200); doubled each time, with jitter.</summary>
    [Range(1, 60_000)]
    public int ReconnectFromMilliseconds { get; set; } = 200;

    /// <summary>Longest pause before a connection is tried again, in milliseconds (1 to 3 600 000, default 30 000).</summary>
    [Range(1, 3_600_000)]
    public int ReconnectUpToMilliseconds { get; set; } = 30_000;

    internal IReadOnlyList<string> EffectiveTopics => Topics.Count == 0 ? [DefaultTopic] : [.. Topics.Distinct(StringComparer.Ordinal)];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Listen.Length > 0 && !ListenAddress.TryParse(Listen, out _))
        {
            yield return new ValidationResult("it must be ADDRESS:PORT, e.g. 127.0.0.1:1883", [nameof(Listen)]);
        }

        if (Url.Length > 0 && !BrokerAddress.TryParse(Url, out _))
        {
            yield return new ValidationResult("it must be mqtt://HOST:PORT or mqtts://HOST:PORT", [nameof(Url)]);
        }

        if (ReconnectUpToMilliseconds < ReconnectFromMilliseconds)
        {
            yield return new ValidationResult($"it must be at least ReconnectFromMilliseconds = {ReconnectFromMilliseconds}", [nameof(ReconnectUpToMilliseconds)]);
        }

        if (Topics.Any(string.IsNullOrWhiteSpace))
        {
            yield return new ValidationResult("no topic filter may be empty", [nameof(Topics)]);
        }
    }
}
