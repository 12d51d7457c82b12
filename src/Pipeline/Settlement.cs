// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs;

namespace Detector.Pipeline;

/// <summary>What one batch comes to: what the book takes over in one transaction.</summary>
internal sealed class Settlement
{
    /// <summary>The journal position the batch reaches; zero where the position does not move (a replay).</summary>
    public long Position { get; set; }

    /// <summary>What the batch adds to the account.</summary>
    public SettledCounts Counts { get; set; }

    /// <summary>Messages that did not decode.</summary>
    public List<DeadLetter> DeadLetters { get; } = [];

    /// <summary>Readings held back.</summary>
    public List<QuarantinedReading> Quarantined { get; } = [];

    /// <summary>Dead letters that were decoded again.</summary>
    public List<ReplayResult> Replays { get; } = [];

    /// <summary>Readings in quarantine that were judged again.</summary>
    public List<ReleaseResult> Releases { get; } = [];

    /// <summary>What codecs remember of sources and is to be kept.</summary>
    public List<SourceRecord> Sources { get; } = [];

    public void Clear()
    {
        Position = 0;
        Counts = default;
        DeadLetters.Clear();
        Quarantined.Clear();
        Replays.Clear();
        Releases.Clear();
        Sources.Clear();
    }
}

/// <summary>What decoding a dead letter again gave: readings, or the reason why it still does not decode.</summary>
internal sealed record ReplayResult(long Id, bool Decoded, string? Reason, string? Kind, int AtByte);

/// <summary>What judging a reading in quarantine again gave: it is stored, or is held back by this rule for this reason.</summary>
internal sealed record ReleaseResult(long Id, string? Rule, string? Reason)
{
    public bool IsReleased => Rule is null;
}
