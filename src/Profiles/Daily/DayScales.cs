// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Daily;

/// <summary>How the variation grows with the length it is averaged over: Allan deviations of 1 to 28 days.</summary>
/// <remarks>
/// Allan (1966): half the mean square of differences of successive means. Independent days fall with the square root of the
/// length; drift and season rise. Machines at a fixed point fall until repairs and retuning take over.
/// </remarks>
internal sealed class DayScales : IDailyGroup
{
    private const string Name = "day_scales";

    private static readonly int[] Lengths = [1, 2, 4, 7, 14, 28];

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        .. Lengths.Select(n => Describe.LogShare(Name, $"day_allan_{n}", $"difference of successive means of {n} days", $"相邻{n}日均值之差")),
        .. Enumerable.Range(1, Lengths.Length - 1).Select(k => Describe.Log(
            Name, $"day_allan_{Lengths[k]}_{Lengths[k - 1]}", $"variation over {Lengths[k]} days against {Lengths[k - 1]}", $"{Lengths[k]}日与{Lengths[k - 1]}日尺度的波动之比")),
        Describe.Log(Name, "day_allan_typical", "root mean square against median difference of weeks", "相邻两周差值的均方根与中位数之比"),
    ];

    public void Compute(DailyInput input, Span<float> values)
    {
        Span<double> allan = stackalloc double[Lengths.Length];
        for (var k = 0; k < Lengths.Length; k++)
        {
            var (square, median) = Differences(input.X, Lengths[k]);
            allan[k] = square / input.Mean;
            values[k] = Moments.Log(allan[k]);
            if (k > 0)
            {
                values[Lengths.Length + k - 1] = Moments.Log(allan[k] / allan[k - 1]);
            }

            if (Lengths[k] == 7)
            {
                values[^1] = Moments.Log(square / median);
            }
        }
    }

    private static (double RootMeanSquare, double Median) Differences(float[] x, int length)
    {
        var sizes = new List<float>();
        double squares = 0;
        var before = double.NaN;
        for (var i = 0; i + length <= x.Length; i += length)
        {
            var part = x.AsSpan(i, length);
            var known = 0;
            foreach (var v in part)
            {
                known += float.IsNaN(v) ? 0 : 1;
            }

            var mean = known * 2 > length ? Moments.Mean(part) : double.NaN;
            if (!double.IsNaN(mean - before))
            {
                squares += (mean - before) * (mean - before);
                sizes.Add((float)Math.Abs(mean - before));
            }

            before = mean;
        }

        return sizes.Count < 2 ? (double.NaN, double.NaN) : (Math.Sqrt(squares / sizes.Count / 2), Quantiles.Median([.. sizes]));
    }
}
