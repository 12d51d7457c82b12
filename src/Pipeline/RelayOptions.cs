// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Pipeline;

/// <summary>How the relay works: section <c>Relay</c>.</summary>
public sealed class RelayOptions
{
    /// <summary>Journal bytes taken in one batch; more is faster, fewer settles sooner.</summary>
    [Range(64 << 10, 64 << 20)]
    public int BatchBytes { get; set; } = 8 << 20;

    /// <summary>First wait after the timeline did not answer, or the disk refused the relay's book; doubles up to <see cref="LongestWait"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait between attempts while either lasts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Dead letters decoded again in one transaction of a replay.</summary>
    [Range(1, 10_000)]
    public int ReplayBatch { get; set; } = 500;

    /// <summary>How often requests for a replay by another process are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan RequestsEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait after one of that length.</summary>
    internal TimeSpan Longer(TimeSpan wait) => wait * 2 < LongestWait ? wait * 2 : LongestWait;
}
