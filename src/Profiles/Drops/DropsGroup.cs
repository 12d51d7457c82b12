// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Drops;

/// <summary>Dips, drops and outages: how often, how deep, how alike, at which hours.</summary>
/// <remarks>
/// In: residual by hour. Out: figures of the falls that recover within a day, and of outliers both ways. Machines that
/// follow one pool or one price fall together, to nearly nothing, to the same depth; a building's falls are shallow and
/// scattered. The group by which mixtures are seen at all (docs/decisions/0005). Cannot tell apart: a pool outage and a
/// power cut.
/// </remarks>
/// <example>Ten falls by half in 100 days, two hours each: 0.1 a day, median depth 0.5, duration 2.</example>
internal sealed class DropsGroup : IFeatureGroup
{
    private const string Name = "drops";

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio(Name, "drop_rate", 0, 24, "sudden drops a day that recover within a day", "每日突降且一日内恢复的次数"),
        Describe.Ratio(Name, "drop_depth", 0, 100, "median depth of the drops over the level", "突降深度中位数与负荷水平之比"),
        Describe.Ratio(Name, "drop_deepest", 0, 100, "depth of the deepest drop over the level", "最深突降与负荷水平之比"),
        Describe.Ratio(Name, "drop_alike", 0, 10, "variation among the deepest drops", "较深突降之间的差异"),
        Describe.Ratio(Name, "drop_hours", 0, 24, "mean duration of the drops in hours", "突降平均持续小时数"),
        Describe.Ratio(Name, "drop_clock", 0, 1, "concentration of the drops on one hour of day", "突降在一天某时刻的集中度"),
        Describe.Ratio(Name, "drop_below_5", 0, 1, "share of hours more than 5 deviations below the rhythm", "低于自身规律5倍离差以上的小时占比"),
        Describe.Ratio(Name, "drop_below_20", 0, 1, "share of hours more than 20 deviations below the rhythm", "低于自身规律20倍离差以上的小时占比"),
        Describe.Ratio(Name, "drop_half", 0, 1, "share of hours below half the usual load", "低于平常负荷一半的小时占比"),
        Describe.Ratio(Name, "rise_above_5", 0, 1, "share of hours more than 5 deviations above the rhythm", "高于自身规律5倍离差以上的小时占比"),
        Describe.Ratio(Name, "rise_above_20", 0, 1, "share of hours more than 20 deviations above the rhythm", "高于自身规律20倍离差以上的小时占比"),
        Describe.Ratio(Name, "drop_asymmetry", -1, 1, "outliers below against outliers above the rhythm", "向下与向上异常小时的对比"),
        Describe.Ratio(Name, "drop_lowest", -10, 10, "lowest hour in a thousand over the usual load", "千分之一最低小时与平常负荷之比"),
        Describe.Ratio(Name, "rise_highest", -10, 100, "highest hour in a thousand over the usual load", "千分之一最高小时与平常负荷之比"),
    ];

    public void Compute(ProfileInput input, Span<float> values)
    {
        if (input.KnownResidual.Length < HourlyLoad.WeekHours)
        {
            return;
        }

        var drops = Drop.Find(input);
        values[0] = drops.Count * 24f / input.KnownResidual.Length;
        values[1] = values[2] = values[4] = values[5] = 0; // no drops is knowledge, not a gap
        values[3] = 1;
        if (drops.Count > 0)
        {
            Events(input, drops, values);
        }

        Outliers(input, values[6..]);
    }

    private static void Events(ProfileInput input, List<Drop> drops, Span<float> values)
    {
        float[] depths = [.. drops.Select(d => d.Depth)];
        values[2] = depths.Max();
        float[] deep = [.. depths.Where(d => d > 0.6f * depths.Max())];
        var mean = deep.Average();
        values[3] = deep.Length < 2 ? 1 : (float)Math.Sqrt(deep.Sum(d => (d - mean) * (d - mean)) / deep.Length) / mean;
        values[1] = Quantiles.Median(depths);
        values[4] = (float)drops.Average(d => d.Hours);
        double re = 0, im = 0;
        foreach (var drop in drops)
        {
            var angle = 2 * Math.PI * (input.Load.Local.HourOfWeek[drop.Index] % 24) / 24;
            re += Math.Cos(angle);
            im += Math.Sin(angle);
        }

        values[5] = drops.Count < 3 ? 0 : (float)(Math.Sqrt((re * re) + (im * im)) / drops.Count);
    }

    private static void Outliers(ProfileInput input, Span<float> values)
    {
        Span<int> counts = stackalloc int[5];
        counts.Clear();
        var deviation = Math.Max(input.ResidualMad, 1e-6f);
        var ratios = new float[input.Count];
        var n = 0;
        for (var i = 0; i < input.Count; i++)
        {
            var e = input.Residual[i];
            if (float.IsNaN(e))
            {
                continue;
            }

            var usual = input.Template[input.Load.Local.HourOfWeek[i]];
            counts[0] += e < -5 * deviation ? 1 : 0;
            counts[1] += e < -20 * deviation ? 1 : 0;
            counts[2] += e < -0.5f * usual ? 1 : 0;
            counts[3] += e > 5 * deviation ? 1 : 0;
            counts[4] += e > 20 * deviation ? 1 : 0;
            ratios[n++] = usual > 0 ? input.Relative[i] / usual : 1;
        }

        for (var k = 0; k < counts.Length; k++)
        {
            values[k] = (float)counts[k] / n;
        }

        values[5] = (float)(counts[0] - counts[3]) / (counts[0] + counts[3] + 1);
        values[6] = Math.Clamp(Quantiles.At(ratios.AsSpan(0, n), 0.001), -10, 10);
        values[7] = Math.Clamp(Quantiles.At(ratios.AsSpan(0, n), 0.999), -10, 100);
    }
}
