// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using System.Net;
using Detector.Intake.Clients;
using Detector.Intake.Limits;
using Detector.Intake.Tls;

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

    private const string DefaultClientId = "detector";
    private const string SharePrefix = "$share/";

    /// <summary>Endpoint of the embedded broker, <c>ADDRESS:PORT</c>; port 0 takes a free one; empty: no embedded broker.</summary>
    public string Listen { get; set; } = string.Empty;

    /// <summary>External broker, <c>mqtt://user:password@HOST:PORT</c> or <c>mqtts://…</c>; empty: none.</summary>
    public string Url { get; set; } = string.Empty;

    /// <summary>Says that the embedded broker may be reached from other machines without TLS, because something else protects the way to it.</summary>
    public bool AllowBeyondLoopback { get; set; }

    /// <summary>TLS of the embedded broker, or towards the external one.</summary>
    public MqttTlsOptions Tls { get; set; } = new();

    /// <summary>Who may connect to the embedded broker, and on which topics.</summary>
    public ClientOptions Clients { get; set; } = new();

    /// <summary>What clients of the embedded broker may use.</summary>
    public ClientLimits Limits { get; set; } = new();

    /// <summary>User name at the external broker, where <see cref="Url"/> has none.</summary>
    public string Username { get; set; } = string.Empty;

    /// <summary>Password at the external broker; better given by the environment or by <see cref="PasswordFile"/>.</summary>
    public string Password { get; set; } = string.Empty;

    /// <summary>A file whose first line is that password; read at each connection, so that a changed one is taken up.</summary>
    public string PasswordFile { get; set; } = string.Empty;

    /// <summary>Client id at the external broker. It must stay the same across restarts: the broker keeps the session under it.</summary>
    [Required]
    [StringLength(128, MinimumLength = 1, ErrorMessage = "it must have 1 to 128 characters")]
    public string ClientId { get; set; } = DefaultClientId;

    /// <summary>MQTT of the external broker.</summary>
    public MqttProtocol Protocol { get; set; } = MqttProtocol.Newest;

    /// <summary>Topic filters at the external broker, at QoS 1; <c>$share/GROUP/FILTER</c> for shared subscriptions; empty: <see cref="DefaultTopic"/>.</summary>
    public IList<string> Topics { get; } = [];

    /// <summary>Name of a group of instances that share one stream of the external broker (MQTT 5); each with a <see cref="ClientId"/> of its own. Empty: this one takes all.</summary>
    public string SharedGroup { get; set; } = string.Empty;

    /// <summary>How long an instance of the group may be gone before another takes over its session, in seconds (1 to 3 600, default 10).</summary>
    [Range(1, 3_600)]
    public int TakeOverSeconds { get; set; } = 10;

    /// <summary>Messages the external broker may send before the first is acknowledged (1 to 65 535, default 2 048).</summary>
    [Range(1, 65_535)]
    public int ReceiveMaximum { get; set; } = 2_048;

    /// <summary>Largest payload taken, in bytes (1 to 60 MiB, default 1 MiB). The embedded broker refuses a larger one; of one from an external broker so many bytes are kept as a dead letter.</summary>
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

    internal IReadOnlyList<string> EffectiveTopics => [.. (Topics.Count == 0 ? [DefaultTopic] : Topics.Distinct(StringComparer.Ordinal)).Select(Shared)];

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

        foreach (var fault in SecurityFaults().Concat(GroupFaults()))
        {
            yield return fault;
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

    private string Shared(string filter) => SharedGroup.Length > 0 && !filter.StartsWith(SharePrefix, StringComparison.Ordinal) ? $"{SharePrefix}{SharedGroup}/{filter}" : filter;

    private IEnumerable<ValidationResult> GroupFaults()
    {
        if (SharedGroup.Length == 0)
        {
            yield break;
        }

        if (ClientName.Fault(SharedGroup) is { } fault)
        {
            yield return new ValidationResult(fault, [nameof(SharedGroup)]);
        }

        if (Url.Length == 0 || Protocol == MqttProtocol.V311)
        {
            yield return new ValidationResult("a shared group needs an external broker that speaks MQTT 5: set Mqtt:Url, and leave Mqtt:Protocol out", [nameof(SharedGroup)]);
        }

        if (ClientId == DefaultClientId || ClientName.Fault(ClientId) is not null)
        {
            yield return new ValidationResult("each instance of a shared group needs an id of its own, without any of / + # : $, that it keeps across restarts, such as detector-1", [nameof(ClientId)]);
        }

        if (SessionExpirySeconds <= TakeOverSeconds)
        {
            yield return new ValidationResult($"it must be longer than TakeOverSeconds = {TakeOverSeconds}, else the session is gone before another instance takes it over", [nameof(SessionExpirySeconds)]);
        }
    }

    private IEnumerable<ValidationResult> SecurityFaults()
    {
        var isExternal = BrokerAddress.TryParse(Url, out var broker);
        if (!isExternal && ListenAddress.TryParse(Listen, out var endpoint) && !IPAddress.IsLoopback(endpoint.Address) && !Tls.IsSet && !AllowBeyondLoopback)
        {
            yield return new ValidationResult(
                "others could reach it there without TLS; set Mqtt:Tls:Certificate and Mqtt:Tls:Key, or listen on 127.0.0.1, or, where something else protects the way to it, set Mqtt:AllowBeyondLoopback to true", [nameof(Listen)]);
        }

        if (isExternal && !broker.Tls && (Tls.IsSet || Tls.BrokerAuthority.Length > 0))
        {
            yield return new ValidationResult("Mqtt:Tls is set, but the broker is named mqtt://; name it mqtts://", [nameof(Url)]);
        }

        if (isExternal && Tls.ClientAuthority.Length > 0)
        {
            yield return new ValidationResult("Mqtt:Tls:ClientAuthority is for the embedded broker; the authority of an external one is Mqtt:Tls:BrokerAuthority", [nameof(Url)]);
        }

        if (!isExternal && (Tls.BrokerAuthority.Length > 0 || Username.Length > 0 || Password.Length > 0 || PasswordFile.Length > 0))
        {
            yield return new ValidationResult("Mqtt:Tls:BrokerAuthority, Mqtt:Username, Mqtt:Password and Mqtt:PasswordFile are for an external broker; name it here", [nameof(Url)]);
        }

        if ((Password.Length > 0 && PasswordFile.Length > 0) || (broker.Password is not null && (Password.Length > 0 || PasswordFile.Length > 0)))
        {
            yield return new ValidationResult("the password is given twice; keep one of Mqtt:Url, Mqtt:Password and Mqtt:PasswordFile", [nameof(PasswordFile)]);
        }

        if (PasswordFile.Length > 0 && Secrets.FirstLine(PasswordFile) is null)
        {
            yield return new ValidationResult("it cannot be read or is empty", [nameof(PasswordFile)]);
        }
    }
}
