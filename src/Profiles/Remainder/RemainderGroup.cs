// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles.Base;
using Detector.Profiles.Calendar;

namespace Detector.Profiles.Remainder;

/// <summary>The shape of what stands above the base load: it tells the kind of building, hence what base to expect.</summary>
/// <remarks>
/// In: load minus its base (median over a week of the daily lows). Out: amplitude against base, how many hours are high,
/// weekend share, steepest rise, noise by night and day against amplitude and base. Cannot tell apart: an office on top of a
/// miner and an office on top of a server room.
/// </remarks>
/// <example>Equal halves at 50 and 150 kW: half the hours above 50 % of the amplitude.</example>
internal sealed class RemainderGroup : IFeatureGroup
{
    private const string Name = "remainder";

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Log(Name, "rem_base_amplitude", "base load over the daily amplitude above it", "基荷与其上日内幅度之比"),
        Describe.Ratio(Name, "rem_hours_20", 0, 1, "share of hours above 20 % of the amplitude", "高于幅度20%的小时占比"),
        Describe.Ratio(Name, "rem_hours_50", 0, 1, "share of hours above 50 % of the amplitude", "高于幅度50%的小时占比"),
        Describe.Ratio(Name, "rem_hours_80", 0, 1, "share of hours above 80 % of the amplitude", "高于幅度80%的小时占比"),
        Describe.Ratio(Name, "rem_weekend", -100, 100, "weekend over weekday load above the base", "基荷以上部分周末与工作日之比"),
        Describe.Ratio(Name, "rem_rise", 0, 100, "steepest hourly rise of the mean weekday over the amplitude", "平均工作日最陡小时上升与幅度之比"),
        Describe.Log(Name, "rem_night_amplitude", "night noise over the amplitude", "夜间噪声与幅度之比"),
        Describe.Log(Name, "rem_day_amplitude", "day noise over the amplitude", "白天噪声与幅度之比"),
        Describe.LogShare(Name, "rem_night_base", "night noise over the base", "夜间噪声与基荷之比"),
        Describe.LogShare(Name, "rem_day_base", "day noise over the base", "白天噪声与基荷之比"),
        Describe.LogShare(Name, "rem_night_roughness", "second differences at night over the base", "夜间二阶差分与基荷之比"),
    ];

    public void Compute(ProfileInput input, Span<float> values)
    {
        var days = input.Days;
        var extremes = DailyExtremes.Of(days);
        float[] amplitudes = Moments.Known([.. extremes.High.Zip(extremes.Low, (high, low) => high - low)]);
        if (!(input.Level > 0) || amplitudes.Length < 7)
        {
            return;
        }

        var amplitude = Quantiles.Median(amplitudes);
        var weekly = ProfileInput.Smooth(extremes.Low, 3);
        var middle = Quantiles.Median(Moments.Known(weekly));
        values[0] = Moments.Log(middle / amplitude);
        Shares(input, weekly, amplitude, values[1..4]);
        var weekday = MeanDays.Of(days, row => !days.IsWeekend(row));
        var weekend = MeanDays.Of(days, days.IsWeekend);
        values[4] = (float)Math.Clamp((Moments.Mean(weekend) - middle) / (Moments.Mean(weekday) - middle), -100, 100);
        values[5] = Rise(weekday) / amplitude;
        var night = Noise(input, 0, 6) * input.Level;
        var day = Noise(input, 9, 9) * input.Level;
        values[6] = Moments.Log(night / amplitude);
        values[7] = Moments.Log(day / amplitude);
        values[8] = Moments.Log(night / middle);
        values[9] = Moments.Log(day / middle);
        values[10] = Moments.Log(Roughness(input) / middle);
    }

    private static void Shares(ProfileInput input, float[] weeklyBase, float amplitude, Span<float> shares)
    {
        var known = 0;
        shares.Clear();
        for (var i = 0; i < input.Count; i++)
        {
            var above = (input.X[i] - weeklyBase[input.Days.RowOf(i)]) / amplitude;
            if (float.IsNaN(above))
            {
                continue;
            }

            known++;
            shares[0] += above > 0.2f ? 1 : 0;
            shares[1] += above > 0.5f ? 1 : 0;
            shares[2] += above > 0.8f ? 1 : 0;
        }

        foreach (ref var share in shares)
        {
            share = known == 0 ? float.NaN : share / known;
        }
    }

    private static float Rise(float[] day)
    {
        var steepest = float.NegativeInfinity;
        for (var h = 0; h < 24; h++)
        {
            steepest = Math.Max(steepest, day[(h + 1) % 24] - day[h]);
        }

        return steepest;
    }

    private static double Noise(ProfileInput input, int firstHour, int hours)
    {
        var buffer = new float[input.Count];
        var n = 0;
        for (var i = 0; i < input.Count; i++)
        {
            var hour = (input.Load.Local.HourOfWeek[i] % 24) - firstHour;
            if (hour >= 0 && hour < hours && !float.IsNaN(input.Residual[i]))
            {
                buffer[n++] = input.Residual[i];
            }
        }

        return n == 0 ? input.ResidualMad : Quantiles.Mad(buffer.AsSpan(0, n)); // hours at rest are as all others
    }

    private static double Roughness(ProfileInput input)
    {
        var buffer = new float[input.Count];
        var n = 0;
        for (var i = 1; i + 1 < input.Count; i++)
        {
            var bend = Math.Abs(input.X[i + 1] - (2 * input.X[i]) + input.X[i - 1]);
            if (input.Load.Local.HourOfWeek[i] % 24 is >= 1 and < 5 && !float.IsNaN(bend))
            {
                buffer[n++] = bend;
            }
        }

        return Quantiles.Median(buffer.AsSpan(0, n));
    }
}
