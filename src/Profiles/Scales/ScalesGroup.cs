// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Scales;

/// <summary>How much the load moves between neighbouring blocks of 1 hour up to a week.</summary>
/// <remarks>
/// In: hourly load. Out: Allan deviation (Allan, 1966) of block means and its robust twin (median of the differences),
/// relative to the load, of pairs of blocks of which one runs at least; the slopes between block lengths tell noise, drift and rhythm apart. A block counts when three
/// quarters of its hours are known.
/// </remarks>
/// <example>White noise: the deviation falls by sqrt(2) for each doubling of the block, ln ratio -0.35.</example>
internal sealed class ScalesGroup : IFeatureGroup
{
    private const string Name = "scales";
    private const int LeastPairs = 72; // three weeks of a load that runs by night alone have more

    private static readonly int[] Blocks = [1, 2, 4, 8, 24, 48, 168];

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        .. Blocks.Select(t => Describe.LogShare(Name, $"scale_allan_{t}", $"movement between neighbouring {t} h means (Allan deviation)", $"相邻{t}小时均值之间的变动（Allan偏差）")),
        .. Blocks.Select(t => Describe.LogShare(Name, $"scale_robust_{t}", $"typical movement between neighbouring {t} h means", $"相邻{t}小时均值之间的典型变动")),
        .. Blocks.Skip(1).Select((t, i) => Describe.Log(Name, $"scale_ratio_{t}", $"movement at {t} h over movement at {Blocks[i]} h", $"{t}小时与{Blocks[i]}小时尺度变动之比")),
        Describe.LogShare(Name, "scale_day_median", "typical change against the same hour a day before", "与前一日同一时刻相比的典型变化"),
        Describe.LogShare(Name, "scale_day_p90", "large (90 %) change against the same hour a day before", "与前一日同一时刻相比的较大变化（90%）"),
        Describe.LogShare(Name, "scale_week_median", "typical change against the same hour a week before", "与前一周同一时刻相比的典型变化"),
        Describe.LogShare(Name, "scale_week_p90", "large (90 %) change against the same hour a week before", "与前一周同一时刻相比的较大变化（90%）"),
    ];

    public void Compute(ProfileInput input, Span<float> values)
    {
        if (!(input.Level > 0))
        {
            return;
        }

        for (var i = 0; i < Blocks.Length; i++)
        {
            var (allan, robust) = Movement(input.X, Blocks[i], input.Rest);
            values[i] = Moments.Log(allan / input.Mean);
            values[7 + i] = Moments.Log(robust / input.Level);
        }

        for (var i = 1; i < Blocks.Length; i++)
        {
            values[13 + i] = values[i] - values[i - 1];
        }

        Lagged(input, 24, values[20..22]);
        Lagged(input, HourlyLoad.WeekHours, values[22..24]);
    }

    internal static (double Allan, double Robust) Movement(ReadOnlySpan<float> x, int block, double rest)
    {
        var differences = new float[(x.Length / block) + 1];
        int n = 0, pairs = 0;
        var before = double.NaN;
        double squares = 0;
        for (var start = 0; start + block <= x.Length; start += block)
        {
            var mean = BlockMean(x.Slice(start, block));
            if (!double.IsNaN(mean) && !double.IsNaN(before))
            {
                squares += (mean - before) * (mean - before);
                pairs++;
                if (mean >= rest || before >= rest)
                {
                    differences[n++] = (float)Math.Abs(mean - before);
                }
            }

            before = mean;
        }

        return pairs < 2 ? (double.NaN, double.NaN) : (Math.Sqrt(squares / pairs / 2), Quantiles.Median(differences.AsSpan(0, n)));
    }

    private static double BlockMean(ReadOnlySpan<float> block)
    {
        double sum = 0;
        var known = 0;
        foreach (var v in block)
        {
            if (!float.IsNaN(v))
            {
                sum += v;
                known++;
            }
        }

        return known * 4 >= block.Length * 3 ? sum / known : double.NaN;
    }

    private static void Lagged(ProfileInput input, int lag, Span<float> values)
    {
        var x = input.X;
        var changes = new float[Math.Max(0, x.Length - lag)];
        var n = 0;
        for (var i = lag; i < x.Length; i++)
        {
            var change = Math.Abs(x[i] - x[i - lag]);
            if (!float.IsNaN(change) && (x[i] >= input.Rest || x[i - lag] >= input.Rest))
            {
                changes[n++] = change;
            }
        }

        if (n >= LeastPairs)
        {
            values[0] = Moments.Log(Quantiles.Median(changes.AsSpan(0, n)) / input.Level);
            values[1] = Moments.Log(Quantiles.At(changes.AsSpan(0, n), 0.9) / input.Level);
        }
    }
}
