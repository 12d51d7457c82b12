// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Profiles.Bursts;

/// <summary>Cuts a load of seconds at its gaps and into windows, and describes each.</summary>
public static class BurstCutter
{
    private const double GapCells = 5; // a hole longer than this joins two runs, it is not a lost reading
    private const int EndsKeptBelow = 20; // cells; of longer windows the first and last cell, in which the load or the recording began or ended, are left out

    /// <summary>Every window of a load, in order of time; empty where the cadence is coarser than 10 s or no run lasts a minute.</summary>
    public static IReadOnlyList<BurstWindow> Windows(LoadSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        return BurstGrid.Of(series.Cadence) is { } cell ? Windows(series, cell, BurstGrid.MostSeconds) : [];
    }

    /// <summary>Every window on a chosen grid.</summary>
    /// <param name="series">The load, no coarser than the grid.</param>
    /// <param name="cellSeconds">Length of a cell in seconds.</param>
    /// <param name="mostSeconds">Longest window in seconds.</param>
    public static IReadOnlyList<BurstWindow> Windows(LoadSeries series, int cellSeconds, double mostSeconds)
    {
        ArgumentNullException.ThrowIfNull(series);
        var windows = new List<BurstWindow>();
        var cells = new BurstAccumulator(cellSeconds);
        foreach (var (first, end) in Runs(series, cellSeconds))
        {
            var seconds = (end - first) * series.Cadence.TotalSeconds;
            var pieces = (int)Math.Ceiling(Math.Round(seconds / mostSeconds, 6));
            for (var i = 0; i < pieces; i++)
            {
                var from = first + (int)((long)(end - first) * i / pieces);
                var to = first + (int)((long)(end - first) * (i + 1) / pieces);
                if (Describe(series, from, to, cells, cellSeconds) is { } window)
                {
                    windows.Add(window);
                }
            }
        }

        return windows;
    }

    /// <summary>Stretches without a gap that last a minute and more, as slots from first to before end.</summary>
    private static IEnumerable<(int First, int End)> Runs(LoadSeries series, int cellSeconds)
    {
        var most = GapCells * cellSeconds / series.Cadence.TotalSeconds;
        int first = -1, last = -1;
        for (var i = 0; i < series.Count; i++)
        {
            if (!IsUsable(series, i))
            {
                continue;
            }

            if (first >= 0 && i - last - 1 > most)
            {
                if (IsLongEnough(series, first, last))
                {
                    yield return (first, last + 1);
                }

                first = i;
            }

            first = first < 0 ? i : first;
            last = i;
        }

        if (first >= 0 && IsLongEnough(series, first, last))
        {
            yield return (first, last + 1);
        }
    }

    private static bool IsUsable(LoadSeries series, int i) =>
        !float.IsNaN(series.PowerKilowatts[i]) && (series.Quality[i] & HourlyLoad.Unusable & ~QualityFlags.Spike) == 0;

    private static bool IsLongEnough(LoadSeries series, int first, int last) =>
        (last + 1 - first) * series.Cadence.TotalSeconds >= BurstGrid.LeastSeconds - 1e-6;

    private static BurstWindow? Describe(LoadSeries series, int from, int to, BurstAccumulator cells, int cellSeconds)
    {
        cells.Clear();
        for (var i = from; i < to; i++)
        {
            cells.Add((i - from) * series.Cadence.TotalSeconds, IsUsable(series, i) ? series.PowerKilowatts[i] : double.NaN);
        }

        var (means, inside) = cells.Finish();
        if (means.Length > EndsKeptBelow)
        {
            means = means[1..^1];
        }

        if (means.Length < BurstGrid.LeastCells || BurstShape.Of(means.Span, cellSeconds) is not { } values)
        {
            return null;
        }

        double sum = 0;
        foreach (var v in means.Span)
        {
            sum += v;
        }

        return new BurstWindow(new TimeRange(series.TimeOf(from), series.TimeOf(to)), cellSeconds, values, inside / (sum / means.Length));
    }
}
