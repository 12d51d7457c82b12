// SPDX-License-Identifier: Apache-2.0
using System.Numerics;

namespace Detector.Profiles.Spectrum;

/// <summary>How the load's variation spreads over periods from 2 hours to weeks, apart from clock and calendar.</summary>
/// <remarks>
/// In: what the hourly load is off its mean, over its level, unknown hours filled by the weekly template. Out: mean power density by band of a
/// Hann-windowed periodogram (Welch, 1967), the lines of the week's harmonics left out, so that rhythm does not hide what
/// lies between. Duty cycles, weather and drift each sit in bands of their own.
/// </remarks>
/// <example>A pure sine of 4 h is in the band of 3 to 6 h and in no other.</example>
internal sealed class SpectrumGroup : IFeatureGroup
{
    private const string Name = "spectrum";
    private const double LineHalfWidth = 1.5; // bins of the unpadded spectrum that a Hann line leaks into

    private static readonly double[] Periods = [2, 3, 6, 12, 30, 72, 336, 100000]; // hours

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        .. Enumerable.Range(0, 7).Select(b => Describe.Log(Name, $"band_{b}", $"variation with periods of {Text(b)}", $"周期{TextZh(b)}的波动")),
        .. Enumerable.Range(1, 6).Select(b => Describe.Log(
            Name, $"band_slope_{b}", $"variation with periods of {Text(b)} against {Text(b - 1)}", $"周期{TextZh(b)}与{TextZh(b - 1)}的波动之比")),
    ];

    public void Compute(ProfileInput input, Span<float> values)
    {
        if (!(input.Level > 0) || input.Known.Length < HourlyLoad.WeekHours)
        {
            return;
        }

        Span<double> powers = stackalloc double[7];
        Density(input, powers);
        for (var b = 0; b < 7; b++)
        {
            values[b] = Moments.Log(powers[b]);
        }

        for (var b = 1; b < 7; b++)
        {
            values[6 + b] = values[b] - values[b - 1];
        }
    }

    private static void Density(ProfileInput input, Span<double> powers)
    {
        var n = input.Count;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)n);
        var re = new double[size];
        var im = new double[size];
        double weight = 0;
        for (var i = 0; i < n; i++)
        {
            var hann = 0.5 - (0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / n));
            re[i] = (Filled(input, i) - input.Mean) / input.Level * hann;
            weight += hann * hann;
        }

        Fourier.Transform(re, im);
        Span<double> sums = stackalloc double[7];
        Span<int> counts = stackalloc int[7];
        sums.Clear();
        counts.Clear();
        for (var k = 1; k <= size / 2; k++)
        {
            var frequency = (double)k / size;
            var line = Math.Round(frequency * HourlyLoad.WeekHours) / HourlyLoad.WeekHours;
            if (frequency * n < 1 || (line > 0 && Math.Abs(frequency - line) * n < LineHalfWidth))
            {
                continue;
            }

            var band = BandOf(1 / frequency);
            sums[band] += ((re[k] * re[k]) + (im[k] * im[k])) / weight;
            counts[band]++;
        }

        for (var b = 0; b < 7; b++)
        {
            powers[b] = counts[b] == 0 ? double.NaN : sums[b] / counts[b];
        }
    }

    private static double Filled(ProfileInput input, int i)
    {
        var value = input.X[i];
        if (float.IsNaN(value))
        {
            value = input.SmoothLevel[input.Days.RowOf(i)] * input.Template[input.Load.Local.HourOfWeek[i]];
        }

        return float.IsNaN(value) ? input.Mean : value;
    }

    private static int BandOf(double period)
    {
        var band = 0;
        while (band < 6 && period > Periods[band + 1])
        {
            band++;
        }

        return band;
    }

    private static string Text(int band) => band == 6 ? "over 336 h" : $"{Periods[band]:0} to {Periods[band + 1]:0} h";

    private static string TextZh(int band) => band == 6 ? "336小时以上" : $"{Periods[band]:0}至{Periods[band + 1]:0}小时";
}
