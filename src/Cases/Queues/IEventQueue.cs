// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Outbox;

namespace Detector.Cases.Queues;

/// <summary>A queue for other systems. At least once: a caller repeats what was not confirmed.</summary>
internal interface IEventQueue : IAsyncDisposable
{
    /// <summary>Name for logs, without secrets.</summary>
    string Name { get; }

    /// <summary>Publishes one event and returns when the queue has it durably; throws where that is not certain.</summary>
    Task PublishAsync(OutboxEvent happened, CancellationToken cancel);
}
