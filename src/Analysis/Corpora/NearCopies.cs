// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Analysis.Corpora;

/// <summary>Finds recordings that are nearly copies of one another, so that they count as one site.</summary>
/// <remarks>
/// Two meters of one set whose changes from week to week correlate above <see cref="Limit"/> are one site (single linkage).
/// Changes, not levels: buildings with the same working hours correlate in level without being copies.
/// </remarks>
internal static class NearCopies
{
    /// <summary>Correlation of 168-hour differences from which two recordings count as one.</summary>
    /// <remarks>b60 and b118 of Cambridge reach 0.99 (the same meter scaled), independent buildings stay below 0.8.</remarks>
    public const double Limit = 0.9;

    private const int LeastOverlap = 2000;

    /// <summary>For each series the index of the first series of its group.</summary>
    public static int[] Groups(IReadOnlyList<LoadSeries> series)
    {
        var changes = series.Select(Changes).ToArray();
        var group = Enumerable.Range(0, series.Count).ToArray();
        for (var i = 0; i < series.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (group[j] != group[i] && Correlation(changes[i], changes[j]) > Limit)
                {
                    Join(group, group[i], group[j]);
                }
            }
        }

        return group;
    }

    private static void Join(int[] group, int one, int other)
    {
        var (first, second) = (Math.Min(one, other), Math.Max(one, other));
        for (var i = 0; i < group.Length; i++)
        {
            group[i] = group[i] == second ? first : group[i];
        }
    }

    private static (long Start, float[] Values) Changes(LoadSeries series)
    {
        var hour = Math.Max(1, (int)Math.Round(TimeSpan.FromHours(1) / series.Cadence));
        var hourly = LoadValues.Coarser(series.PowerKilowatts, hour);
        const int Week = 168;
        var changes = new float[Math.Max(0, hourly.Length - Week)];
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = hourly[i + Week] - hourly[i];
        }

        return (series.Start.Ticks / TimeSpan.TicksPerHour, changes);
    }

    private static double Correlation((long Start, float[] Values) a, (long Start, float[] Values) b)
    {
        var from = Math.Max(a.Start, b.Start);
        var to = Math.Min(a.Start + a.Values.Length, b.Start + b.Values.Length);
        double n = 0, sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
        for (var t = from; t < to; t++)
        {
            double x = a.Values[t - a.Start];
            double y = b.Values[t - b.Start];
            if (double.IsNaN(x) || double.IsNaN(y))
            {
                continue;
            }

            (n, sa, sb) = (n + 1, sa + x, sb + y);
            (saa, sbb, sab) = (saa + (x * x), sbb + (y * y), sab + (x * y));
        }

        var spread = ((n * saa) - (sa * sa)) * ((n * sbb) - (sb * sb));
        return n < LeastOverlap || spread <= 0 ? 0 : ((n * sab) - (sa * sb)) / Math.Sqrt(spread);
    }
}
