// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Detector.Cases.Queues.Webhooks;

/// <summary>Settings of the section <c>Queue:Webhooks</c>.</summary>
public sealed class WebhookOptions : IValidatableObject
{
    /// <summary>Where events are posted to; empty for nowhere.</summary>
    public List<WebhookEndpoint> Endpoints { get; set; } = [];

    /// <summary>How long one attempt may take, 1 second to 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Attempts after which an event that the endpoint refuses is parked, 1 to 50. An endpoint that is away refuses nothing: it is tried until it is back.</summary>
    [Range(1, 50)]
    public int Attempts { get; set; } = 8;

    /// <summary>First wait after a failure; doubles up to <see cref="LongestBackOff"/>. 10 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait after failures, 100 ms to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the outbox is looked at without being told, because another process may write to it; 10 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoints.GroupBy(e => e.Name, StringComparer.OrdinalIgnoreCase).Any(g => g.Count() > 1))
        {
            yield return new ValidationResult("every endpoint needs a name of its own, under which its progress is kept", [nameof(Endpoints)]);
        }
    }
}

/// <summary>One endpoint: <c>Queue:Webhooks:Endpoints:N</c>.</summary>
public sealed class WebhookEndpoint : IValidatableObject
{
    /// <summary>Name under which its progress is kept: 1 to 64 of a-z, 0-9 and <c>-</c>. A new name begins with the oldest event kept.</summary>
    [Required]
    [RegularExpression("^[a-z0-9-]{1,64}$")]
    public string Name { get; set; } = string.Empty;

    /// <summary>Where to post: <c>https</c>, or <c>http</c> on loopback.</summary>
    [Required]
    public string Url { get; set; } = string.Empty;

    /// <summary>Secret that both sides know, at least 32 bytes of UTF-8; best by environment.</summary>
    [Required]
    public string Secret { get; set; } = string.Empty;

    /// <summary>Types of events to post; empty for all.</summary>
    public List<string> Types { get; set; } = [];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)) || url.UserInfo.Length > 0)
        {
            yield return new ValidationResult("it must be an https address without user and password; http on loopback only", [nameof(Url)]);
        }

        if (Encoding.UTF8.GetByteCount(Secret) < 32)
        {
            yield return new ValidationResult("it must have at least 32 bytes, such as 64 random hexadecimal digits", [nameof(Secret)]);
        }

        if (Types.Find(t => !Outbox.EventTypes.All.Contains(t)) is { } unknown)
        {
            yield return new ValidationResult($"'{unknown}' is no type of event; there are {string.Join(", ", Outbox.EventTypes.All)}", [nameof(Types)]);
        }
    }
}
