// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Timeline;

/// <summary>How long readings, and the hours and days made of them, are kept: section <c>Timeline:Retention</c>. Zero, the default, keeps for ever.</summary>
public sealed class RetentionOptions
{
    /// <summary>Days for which readings are kept; older ones become hours and days. Zero keeps all readings.</summary>
    [Range(0, 36_500)]
    public int RawDays { get; set; }

    /// <summary>Days for which hours are kept. Zero keeps them for ever.</summary>
    [Range(0, 36_500)]
    public int HourlyDays { get; set; }

    /// <summary>Days for which days are kept, and readings of meters that read less often than each hour. Zero keeps them for ever.</summary>
    [Range(0, 36_500)]
    public int DailyDays { get; set; }

    /// <summary>Days for which the readings of bursts are kept, where that is shorter than <see cref="RawDays"/>. Zero keeps them as long as other readings.</summary>
    [Range(0, 36_500)]
    public int BurstDays { get; set; }

    /// <summary>How often the service looks for what has expired; the first time at its start.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Whether anything is ever deleted.</summary>
    public bool IsOn => RawDays > 0 || BurstDays > 0;

    /// <summary>Adds what ranges alone cannot say.</summary>
    internal void CollectFaults(string path, List<string> faults)
    {
        void Shorter(string name, int days, string than, int other)
        {
            if (days > 0 && (other == 0 || days < other))
            {
                faults.Add(FormattableString.Invariant($"{path}:{name} is {days}, but {than} is {(other == 0 ? "for ever" : other)}; it must be at least as long, or 0 for ever."));
            }
        }

        Shorter(nameof(HourlyDays), HourlyDays, nameof(RawDays), RawDays);
        Shorter(nameof(DailyDays), DailyDays, nameof(HourlyDays), HourlyDays);
        if (RawDays > 0 && BurstDays > RawDays)
        {
            faults.Add(FormattableString.Invariant($"{path}:BurstDays is {BurstDays}; bursts are readings and go with the others after RawDays, {RawDays}. Give fewer, or 0."));
        }
    }
}
