// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles.Flatness;

namespace Detector.Profiles.Residual;

/// <summary>What is left after the level and the weekly template: size, tails, memory and where in the day it is.</summary>
/// <remarks>
/// In: x / level - template, by hour. Out: robust spread, tail shape, autocorrelation at seven lags, spread by hour of day.
/// An imitated daily curve has a residual too small and too regular; people and weather leave a large, day-shaped one. The
/// strongest single group for pure mining on our recordings (docs/decisions/0005).
/// </remarks>
/// <example>A residual of independent noise has autocorrelations near 0; one that repeats each day has 1 at 24 h.</example>
internal sealed class ResidualGroup : IFeatureGroup
{
    private const string Name = "residual";
    private const float ClipMads = 8; // outliers beyond this would rule the autocorrelation
    private const int LeastHoursOfDay = 6; // a load that runs by night alone has few more

    private static readonly int[] Lags = [1, 2, 3, 6, 24, 48, 168];

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.LogShare(Name, "res_mad", "spread of the load around its own weekly rhythm", "负荷偏离自身周规律的离散度（相对水平）"),
        Describe.Log(Name, "res_tails", "standard over robust deviation of the residual: how heavy its tails are", "残差标准差与稳健离差之比（尾部轻重）"),
        Describe.Ratio(Name, "res_tail_ratio", 0, 1000, "5-95 % over 25-75 % range of the residual", "残差5-95%与25-75%区间之比"),
        Describe.Ratio(Name, "res_asymmetry", -1, 1, "asymmetry of the residual: below 0 it falls further than it rises", "残差不对称性（小于0表示下跌更深）"),
        .. Lags.Select(lag => Describe.Ratio(
            Name, $"res_memory_{lag}", -1, 1, $"correlation of the residual with itself {lag} h earlier", $"残差与{lag}小时前自身的相关系数")),
        Describe.LogShare(Name, "res_night", "spread of the residual at night (0-5 h)", "夜间(0-5时)残差离散度"),
        Describe.LogShare(Name, "res_day", "spread of the residual by day (10-15 h)", "白天(10-15时)残差离散度"),
        Describe.LogShare(Name, "res_hour_low", "spread of the residual in its quietest hour of day", "最平静小时的残差离散度"),
        Describe.LogShare(Name, "res_hour_high", "spread of the residual in its noisiest hour of day", "最嘈杂小时的残差离散度"),
        Describe.Log(Name, "res_hour_ratio", "noisiest over quietest hour of day", "最嘈杂与最平静小时离散度之比"),
        Describe.Log(Name, "res_between_days", "spread of the residual between days over within days", "残差日间与日内离散度之比"),
    ];

    public void Compute(ProfileInput input, Span<float> values)
    {
        var mad = input.ResidualMad;
        if (input.KnownResidual.Length < HourlyLoad.WeekHours)
        {
            return;
        }

        float[] sorted = [.. input.KnownResidual];
        values[0] = Moments.Log(mad);
        values[1] = Moments.Log(FlatnessGroup.Deviation(sorted) / (Quantiles.NormalMad * mad));
        Tails(sorted, values);
        for (var i = 0; i < Lags.Length; i++)
        {
            values[4 + i] = Memory(input.Residual, Lags[i], ClipMads * mad);
        }

        var byHour = ByHour(input);
        values[11] = Moments.Log(Mean(byHour, 0, 6));
        values[12] = Moments.Log(Mean(byHour, 10, 6));
        values[13] = Moments.Log(byHour.Min());
        values[14] = Moments.Log(byHour.Max());
        values[15] = values[14] - values[13];
        values[16] = BetweenDays(input);
    }

    /// <summary>Correlation at a lag of the residual clipped at ±<paramref name="clip"/>.</summary>
    internal static float Memory(ReadOnlySpan<float> residual, int lag, float clip)
    {
        double sum = 0, squares = 0, products = 0;
        int n = 0, pairs = 0;
        for (var i = 0; i < residual.Length; i++)
        {
            if (!float.IsNaN(residual[i]))
            {
                sum += Math.Clamp(residual[i], -clip, clip);
                n++;
            }
        }

        var mean = sum / n;
        for (var i = 0; i < residual.Length; i++)
        {
            if (float.IsNaN(residual[i]))
            {
                continue;
            }

            var e = Math.Clamp(residual[i], -clip, clip) - mean;
            squares += e * e;
            if (i >= lag && !float.IsNaN(residual[i - lag]))
            {
                products += e * (Math.Clamp(residual[i - lag], -clip, clip) - mean);
                pairs++;
            }
        }

        return pairs < 24 || !(squares > 0) ? float.NaN : (float)Math.Clamp(products / pairs / (squares / n), -1, 1);
    }

    private static void Tails(float[] residual, Span<float> values)
    {
        var p05 = Quantiles.At(residual, 0.05);
        var p95 = Quantiles.At(residual, 0.95);
        var quartiles = Quantiles.At(residual, 0.75) - Quantiles.At(residual, 0.25);
        values[2] = quartiles > 0 ? (p95 - p05) / quartiles : float.NaN;
        values[3] = p95 > p05 ? Math.Clamp((p95 + p05 - (2 * Quantiles.Median(residual))) / (p95 - p05), -1, 1) : float.NaN;
    }

    private static float[] ByHour(ProfileInput input)
    {
        var rows = input.Days.Count + 2;
        var buffer = new float[24 * rows];
        Span<int> counts = stackalloc int[24];
        counts.Clear();
        for (var i = 0; i < input.Count; i++)
        {
            var hour = input.Load.Local.HourOfWeek[i] % 24;
            if (!float.IsNaN(input.Residual[i]) && counts[hour] < rows)
            {
                buffer[(hour * rows) + counts[hour]++] = input.Residual[i];
            }
        }

        var mads = new float[24];
        for (var h = 0; h < 24; h++)
        {
            mads[h] = counts[h] == 0 ? input.ResidualMad : Quantiles.Mad(buffer.AsSpan(h * rows, counts[h])); // an hour at rest is as all others
        }

        return mads;
    }

    private static double Mean(float[] byHour, int first, int count) => Moments.Mean(byHour.AsSpan(first, count));

    private static float BetweenDays(ProfileInput input)
    {
        var sums = new double[input.Days.Count];
        var counts = new int[input.Days.Count];
        for (var i = 0; i < input.Count; i++)
        {
            if (!float.IsNaN(input.Residual[i]))
            {
                sums[input.Days.RowOf(i)] += input.Residual[i];
                counts[input.Days.RowOf(i)]++;
            }
        }

        double within = 0;
        var known = 0;
        for (var i = 0; i < input.Count; i++)
        {
            var row = input.Days.RowOf(i);
            if (!float.IsNaN(input.Residual[i]) && counts[row] >= LeastHoursOfDay)
            {
                var e = input.Residual[i] - (sums[row] / counts[row]);
                within += e * e;
                known++;
            }
        }

        float[] means = [.. Enumerable.Range(0, sums.Length).Where(d => counts[d] >= LeastHoursOfDay).Select(d => (float)(sums[d] / counts[d]))];
        return means.Length < 7 ? float.NaN : Moments.Log(FlatnessGroup.Deviation(means) / Math.Sqrt(within / known));
    }
}
