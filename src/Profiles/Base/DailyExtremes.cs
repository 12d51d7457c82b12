// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Base;

/// <summary>Low and high of each local day: means of its three lowest and three highest hours, in kW.</summary>
/// <param name="Low">NaN where under three quarters of the day is known.</param>
/// <param name="High">The same.</param>
/// <param name="Mean">Mean of the day, the same.</param>
internal sealed record DailyExtremes(float[] Low, float[] High, float[] Mean)
{
    private const int LeastHours = 18;

    public static DailyExtremes Of(DayGrid days) => new(
        days.Statistic(LeastHours, static hours => Outer(hours, lowest: true)),
        days.Statistic(LeastHours, static hours => Outer(hours, lowest: false)),
        days.Statistic(LeastHours, static hours => (float)Moments.Mean(hours)));

    private static float Outer(Span<float> hours, bool lowest)
    {
        hours.Sort();
        var three = lowest ? hours[..3] : hours[^3..];
        return (three[0] + three[1] + three[2]) / 3;
    }
}
