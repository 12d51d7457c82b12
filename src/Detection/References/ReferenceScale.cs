// SPDX-License-Identifier: Apache-2.0

namespace Detector.Detection.References;

/// <summary>Makes features comparable: distance from the honest median in honest ranges, in hundredths, drawn in at three.</summary>
/// <remarks>Drawn in, so that one odd feature cannot make all loads alike far away. Whole hundredths, because they are stored by the hundred.</remarks>
/// <param name="Middle">Honest median of each feature.</param>
/// <param name="Range">Its 95th less its 5th percentile; 0 where it does not vary, and then it does not count.</param>
internal sealed record ReferenceScale(double[] Middle, double[] Range)
{
    /// <summary>Stands for an unknown feature.</summary>
    public const short Unknown = short.MinValue;

    private const double Hundredths = 100;
    private const double Farthest = 3;

    /// <summary>The scale of a model's honest reference.</summary>
    public static ReferenceScale Of(IReadOnlyList<FeatureReference> honest) =>
        new([.. honest.Select(h => h.Middle)], [.. honest.Select(h => h.High - h.Low)]);

    /// <summary>Features made comparable.</summary>
    public short[] Apply(ReadOnlySpan<float> values)
    {
        var scaled = new short[values.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = float.IsNaN(values[i]) || !(Range[i] > 0)
                ? Unknown
                : (short)Math.Round(Hundredths * Math.Clamp((values[i] - Middle[i]) / Range[i], -Farthest, Farthest));
        }

        return scaled;
    }

    /// <summary>Distance of two loads: the root mean square over groups of the mean square over the features that both know.</summary>
    /// <remarks>Each group counts alike, however many features it has: most of them say the same in several ways.</remarks>
    /// <param name="a">One load.</param>
    /// <param name="b">Another.</param>
    /// <param name="groups">Index after the last feature of each group.</param>
    public static double Distance(ReadOnlySpan<short> a, ReadOnlySpan<short> b, ReadOnlySpan<int> groups)
    {
        double sum = 0;
        int known = 0, at = 0;
        foreach (var end in groups)
        {
            var (square, count) = Group(a[at..end], b[at..end]);
            sum += count > 0 ? square / count : 0;
            known += count > 0 ? 1 : 0;
            at = end;
        }

        return known == 0 ? double.PositiveInfinity : Math.Sqrt(sum / known) / Hundredths;
    }

    /// <summary>Sum of squares over what both know, and of how many features.</summary>
    public static (double Square, int Count) Group(ReadOnlySpan<short> a, ReadOnlySpan<short> b)
    {
        long sum = 0;
        var count = 0;
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] != Unknown && b[i] != Unknown)
            {
                var apart = a[i] - b[i];
                sum += apart * apart;
                count++;
            }
        }

        return (sum, count);
    }
}
