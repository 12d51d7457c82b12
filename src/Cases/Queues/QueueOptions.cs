// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Cases.Queues;

/// <summary>Settings of the section <c>Queue</c>.</summary>
public sealed class QueueOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Queue";

    /// <summary>Queue, by its name in the catalogue: <c>none</c> or <c>rabbitmq</c>.</summary>
    [Required]
    public string Kind { get; set; } = "none";

    /// <summary>Settings of <c>rabbitmq</c>.</summary>
    public RabbitMqOptions RabbitMq { get; set; } = new();

    /// <summary>Endpoints that events are posted to, beside the queue.</summary>
    public Webhooks.WebhookOptions Webhooks { get; set; } = new();

    /// <summary>Events read from the outbox at a time, 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int BatchEvents { get; set; } = 500;

    /// <summary>First wait after a failure; doubles up to <see cref="LongestBackOff"/>. 10 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan FirstBackOff { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait after failures, 100 ms to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan LongestBackOff { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the outbox is looked at without being told, because another process may write to it; 10 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>Settings of the section <c>Queue:RabbitMq</c>.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>Where the broker is: <c>amqp://USER:PASSWORD@HOST:PORT/VHOST</c>, or <c>amqps</c>.</summary>
    [Required]
    public string Url { get; set; } = "amqp://guest:guest@localhost:5672/";

    /// <summary>How long a publish may wait for the broker's confirmation, 1 second to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ConfirmWithin { get; set; } = TimeSpan.FromSeconds(30);
}
