// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change.Features;

/// <summary>Whether the added load brought noise of its own: machines at a fixed operating point bring none.</summary>
internal sealed class NoiseGroup : IChangeGroup
{
    private const string Name = "added_noise";
    private const int Span = WeekMedians.Weeks * HourlyLoad.WeekHours;
    private const int LeastKnown = 48;

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        ChangeCatalog.Log(Name, "noise_ratio", "departures from the weekly rhythm after over before", "变化后与变化前偏离周规律的幅度之比"),
        ChangeCatalog.Log(Name, "jump_ratio", "changes from hour to hour, less the weekly rhythm, after over before", "变化后与变化前（去除周规律）逐时变动之比"),
        ChangeCatalog.Multiple(Name, "noise_before", "departures from the weekly rhythm before, of the added level", "变化前偏离周规律的幅度（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "noise_after", "departures from the weekly rhythm after, of the added level", "变化后偏离周规律的幅度（相对新增水平）"),
        ChangeCatalog.Multiple(Name, "noise_own", "departures that the added load brought itself, of its level", "新增负荷自身带来的偏离（相对其水平）"),
        ChangeCatalog.Multiple(Name, "jump_own", "changes from hour to hour that the added load brought, of its level", "新增负荷自身带来的逐时变动（相对其水平）"),
        ChangeCatalog.Multiple(Name, "jump_follows", "rise since of the answer to the rhythm's own changes from hour to hour", "变化后负荷对自身节律逐时变化响应的增量"),
        ChangeCatalog.Multiple(Name, "days_own", "spread of the daily medians since over that before, of the added level", "变化前后日中位数离散度之差（相对新增水平）"),
    ];

    public void Compute(AddedLoad added, Span<float> values)
    {
        var hour = added.Point.Hour;
        var reach = Math.Min(Span, added.Steps.End - hour);
        var before = Residual(added, Math.Max(0, hour - Span), hour, i => added.Steps.Back(i));
        var after = Residual(added, hour, hour + reach, i => added.Before[added.Place(i)]);
        if (Order.Count(before) < LeastKnown || Order.Count(after) < LeastKnown)
        {
            return;
        }

        var floor = 0.002 * added.AfterLevel; // no meter is better; below it a ratio would see its rounding
        double noiseBefore = Order.Mad(before), noiseAfter = Order.Mad(after);
        double jumpBefore = Order.Mad(Jumps(before)), jumpAfter = Order.Mad(Jumps(after));
        values[0] = ChangeCatalog.LogRatio(noiseAfter, noiseBefore, floor);
        values[1] = ChangeCatalog.LogRatio(jumpAfter, jumpBefore, floor);
        values[2] = added.Relative(noiseBefore);
        values[3] = added.Relative(noiseAfter);
        values[4] = added.Relative(Own(noiseAfter, noiseBefore));
        values[5] = added.Relative(Own(jumpAfter, jumpBefore));
        values[6] = (float)Math.Clamp(Answer(added, hour, hour + reach) - Answer(added, Math.Max(0, hour - Span), hour), -5, 5);
        values[7] = added.Relative(Days(after) - Days(before));
    }

    private static double Own(double after, double before) => Math.Sign(after - before) * Math.Sqrt(Math.Abs((after * after) - (before * before)));

    private static float[] Residual(AddedLoad added, int first, int end, Func<int, float> usual)
    {
        var residual = new float[end - first];
        for (var i = first; i < end; i++)
        {
            residual[i - first] = added.Steps.Hours[i] - usual(i);
        }

        return residual;
    }

    private static float[] Jumps(float[] values)
    {
        var jumps = new float[Math.Max(0, values.Length - 1)];
        for (var i = 0; i < jumps.Length; i++)
        {
            jumps[i] = values[i + 1] - values[i];
        }

        return jumps;
    }

    private static double Days(float[] residual)
    {
        var medians = new float[residual.Length / 24];
        for (var day = 0; day < medians.Length; day++)
        {
            medians[day] = Order.Median(residual.AsSpan(day * 24, 24));
        }

        return medians.Length < 3 ? double.NaN : Order.Mad(medians);
    }

    /// <summary>How much of the rhythm's own changes from hour to hour the load makes: 1 before; more after where the load grew in proportion.</summary>
    private static double Answer(AddedLoad added, int first, int end)
    {
        double xy = 0, xx = 0;
        for (var i = first + 1; i < end; i++)
        {
            double rhythm = added.Before[added.Place(i)] - added.Before[added.Place(i - 1)];
            double load = added.Steps.Hours[i] - added.Steps.Hours[i - 1];
            if (!double.IsNaN(rhythm) && !double.IsNaN(load))
            {
                (xy, xx) = (xy + (rhythm * load), xx + (rhythm * rhythm));
            }
        }

        return xx > 0 ? xy / xx : double.NaN;
    }
}
