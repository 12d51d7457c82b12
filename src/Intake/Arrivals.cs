// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Diagnostics;
using System.Text;
using Detector.Intake.Groups;
using Detector.Journal;
using Detector.Metering;

namespace Detector.Intake;

/// <summary>What both ways in share: which topics are kept, the size limit, the append.</summary>
internal sealed class Arrivals(ArrivalJournal journal, TimeProvider time, int maxPayloadBytes)
{
    /// <summary>Name of the source of the spans that a message begins with.</summary>
    public const string TraceSource = "Detector.Intake";

    private static readonly ActivitySource Spans = new(TraceSource);

    /// <summary>Whether a message is a meter's: not the broker's own (<c>$…</c>), not a word of a group's member, not a command of ours or of a Sparkplug host.</summary>
    public static bool IsKept(string topic) => topic.Length > 0 && topic[0] != '$' && !GroupTopic.IsTopic(topic) && !BurstCommand.IsTopic(topic) && !SparkplugCommand.IsTopic(topic);

    /// <summary>Number of the record, not yet durable.</summary>
    /// <exception cref="RecordTooLargeException">Larger than allowed; it would be refused again.</exception>
    /// <exception cref="JournalUnavailableException">The disk refuses now; it may be taken later.</exception>
    public ValueTask<long> AppendAsync(string topic, ReadOnlySequence<byte> payload, CancellationToken cancel) => payload.Length > maxPayloadBytes
        ? ValueTask.FromException<long>(new RecordTooLargeException(payload.Length, maxPayloadBytes))
        : AppendCopyAsync(topic, payload, cancel);

    /// <summary>Keeps the beginning of a message that is too large, marked so that it becomes a dead letter with its reason; number of the record, not yet durable.</summary>
    /// <exception cref="JournalUnavailableException">The disk refuses now; it may be taken later.</exception>
    public async ValueTask<long> AppendOversizedAsync(string topic, ReadOnlySequence<byte> payload, CancellationToken cancel)
    {
        var marked = OversizedTopic.Of(topic, payload.Length);
        var kept = Math.Min(payload.Length, maxPayloadBytes);
        try
        {
            return await AppendCopyAsync(marked, payload.Slice(0, kept), cancel);
        }
        catch (RecordTooLargeException fault)
        {
            // The journal's own limit is lower.
            return await AppendCopyAsync(marked, payload.Slice(0, Math.Clamp(fault.MaxBytes - Encoding.UTF8.GetByteCount(marked), 0, kept)), cancel);
        }
    }

    private async ValueTask<long> AppendCopyAsync(string topic, ReadOnlySequence<byte> payload, CancellationToken cancel)
    {
        using var activity = Spans.StartActivity("intake.message", ActivityKind.Consumer);
        activity?.SetTag("messaging.system", "mqtt").SetTag("messaging.destination.name", topic).SetTag("messaging.message.body.size", payload.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(topic.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(topic, buffer);
            return await journal.AppendAsync(time.GetUtcNow(), buffer.AsMemory(0, length), payload, cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
