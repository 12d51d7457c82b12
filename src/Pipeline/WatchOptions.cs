// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Pipeline;

/// <summary>When meters are judged: section <c>Watch</c>.</summary>
public sealed class WatchOptions
{
    /// <summary>New readings a meter must have gained, in its own time, before it is judged again.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "31.00:00:00")]
    public TimeSpan JudgeEvery { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long nothing new must have come of a meter, so that a history being loaded is judged once, at its end.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan QuietFor { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a due meter waits at most for quiet.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan WaitAtMost { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often due meters are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>History given to a judgement, back from the meter's latest reading: the window, and thirteen months for change evidence.</summary>
    /// <remarks>At a quarter hour some 50,000 readings a judgement, once a day a meter; docs/decisions/0008 says what they buy.</remarks>
    [Range(typeof(TimeSpan), "28.00:00:00", "800.00:00:00")]
    public TimeSpan History { get; set; } = TimeSpan.FromDays(91 + 427);

    /// <summary>Meters judged at once.</summary>
    [Range(1, 64)]
    public int Workers { get; set; } = 2;
}
