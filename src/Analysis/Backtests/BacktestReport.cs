// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Reporting;

namespace Detector.Analysis.Backtests;

/// <summary>What two models would have said of the same history: figures of both, and every meter on which they differ.</summary>
public sealed record BacktestReport
{
    /// <summary>First look of any meter.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Last look of any meter.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Days between two looks.</summary>
    public required double EveryDays { get; init; }

    /// <summary>Meters looked at.</summary>
    public required int Meters { get; init; }

    /// <summary>The model in use.</summary>
    public required BacktestSide InUse { get; init; }

    /// <summary>The candidate.</summary>
    public required BacktestSide Candidate { get; init; }

    /// <summary>Meters by the two verdicts at their last look, in the order of the ladder.</summary>
    public required IReadOnlyList<VerdictPair> Moves { get; init; }

    /// <summary>Meters on which the two differ at any look: those that gain a case first, then those that lose one.</summary>
    public required IReadOnlyList<ChangedMeter> Changed { get; init; }

    /// <summary>The same in words.</summary>
    public required IReadOnlyList<ReportTable> Tables { get; init; }

    internal static BacktestReport Of(IReadOnlyList<MeterHistory> meters, BacktestOptions options)
    {
        var figures = new BacktestFigures(meters, options);
        var (inUse, candidate) = (figures.Of(Side.InUse, options.InUse.Id), figures.Of(Side.Candidate, options.Candidate.Id));
        VerdictPair[] moves =
        [
            .. meters.GroupBy(m => (InUse: m.Last(Side.InUse), Candidate: m.Last(Side.Candidate)))
                .OrderBy(g => g.Key.InUse).ThenBy(g => g.Key.Candidate)
                .Select(g => new VerdictPair(Metering.VerdictNames.Name(g.Key.InUse), Metering.VerdictNames.Name(g.Key.Candidate), g.Count())),
        ];
        ChangedMeter[] changed =
        [
            .. meters.Select(ChangedMeter.Of).OfType<ChangedMeter>()
                .OrderBy(c => c.Candidate == "case" ? 0 : c.InUse == "case" ? 1 : 2)
                .ThenByDescending(c => c.Differing).ThenBy(c => c.Meter, StringComparer.Ordinal),
        ];
        return new BacktestReport
        {
            From = meters.Min(m => m.Looks[0].At),
            To = meters.Max(m => m.Looks[^1].At),
            EveryDays = options.Every.TotalDays,
            Meters = meters.Count,
            InUse = inUse,
            Candidate = candidate,
            Moves = moves,
            Changed = changed,
            Tables = BacktestTables.Of(inUse, candidate, moves, changed),
        };
    }

    /// <summary>Writes <c>backtest.json</c> and <c>backtest.html</c> into a folder, made where needed; the same report gives the same bytes.</summary>
    public async Task WriteAsync(string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "backtest.json"), ReportJson.Write(this), cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "backtest.html"), BacktestHtml.Write(this), cancel);
    }
}

/// <summary>How many meters have one verdict by the model in use and another, or the same, by the candidate.</summary>
public sealed record VerdictPair(string InUse, string Candidate, int Meters);
