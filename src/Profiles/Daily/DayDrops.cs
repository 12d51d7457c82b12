// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Daily;

/// <summary>Days that fall below what level and week expect, and return: outages, against days that rise.</summary>
/// <remarks>An hour without pool or supply takes 4 % off a miner's day. A building's lowest days are its holidays: they come in runs.</remarks>
/// <example>Ninety days of 100 kW and one of 80: 1.1 % of days 10 % below, one in one alone, none above.</example>
internal sealed class DayDrops : IDailyGroup
{
    private const string Name = "day_drops";

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio(Name, "day_below_3", 0, 1, "share of days 3 % and more below what is usual", "低于常态3%以上的天数占比"),
        Describe.Ratio(Name, "day_below_10", 0, 1, "share of days 10 % and more below what is usual", "低于常态10%以上的天数占比"),
        Describe.Ratio(Name, "day_below_30", 0, 1, "share of days 30 % and more below what is usual", "低于常态30%以上的天数占比"),
        Describe.Ratio(Name, "day_above_3", 0, 1, "share of days 3 % and more above what is usual", "高于常态3%以上的天数占比"),
        Describe.Ratio(Name, "day_above_10", 0, 1, "share of days 10 % and more above what is usual", "高于常态10%以上的天数占比"),
        Describe.Ratio(Name, "day_drop_alone", 0, 1, "share of low days that stand alone", "单独出现的低电量日占比"),
        Describe.LogShare(Name, "day_drop_deepest", "deepest day below what is usual", "最低日低于常态的幅度"),
        Describe.LogShare(Name, "day_rise_highest", "highest day above what is usual", "最高日高于常态的幅度"),
        Describe.Log(Name, "day_drop_rise", "falls against rises, one day in fifty", "跌落与升高的幅度之比（五十分之一日）"),
        Describe.Log(Name, "day_drop_clear", "typical low day against the usual scatter", "典型低电量日与常态离散度之比"),
    ];

    public void Compute(DailyInput input, Span<float> values)
    {
        var residual = input.KnownResidual;
        if (residual.Length < 14)
        {
            return;
        }

        float Share(Func<float, bool> far) => (float)residual.Count(far) / residual.Length;
        values[0] = Share(r => r <= -0.03f);
        values[1] = Share(r => r <= -0.10f);
        values[2] = Share(r => r <= -0.30f);
        values[3] = Share(r => r >= 0.03f);
        values[4] = Share(r => r >= 0.10f);
        var scatter = (float)Math.Max(Quantiles.NormalMad * input.ResidualMad, 0.002f); // below that a meter's rounding would count as events
        values[5] = Alone(input.Residual, -3 * scatter);
        values[6] = Moments.Log(Math.Max(0, -residual.Min()));
        values[7] = Moments.Log(Math.Max(0, residual.Max()));
        var (low, high) = (-Quantiles.At([.. residual], 0.02), Quantiles.At([.. residual], 0.98));
        values[8] = Moments.Log(Math.Max(low, 1e-4f) / Math.Max(high, 1e-4f));
        float[] falls = [.. residual.Where(r => r < -3 * scatter)];
        values[9] = falls.Length == 0 ? 0 : Moments.Log(-Quantiles.Median(falls) / scatter);
    }

    private static float Alone(float[] residual, float limit)
    {
        int low = 0, alone = 0;
        for (var i = 0; i < residual.Length; i++)
        {
            if (residual[i] < limit)
            {
                low++;
                var before = i > 0 && residual[i - 1] < limit;
                var after = i + 1 < residual.Length && residual[i + 1] < limit;
                alone += before || after ? 0 : 1;
            }
        }

        return low == 0 ? float.NaN : (float)alone / low;
    }
}
