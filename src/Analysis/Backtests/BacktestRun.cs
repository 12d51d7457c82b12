// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;
using Detector.Recordings;
using Detector.Validation;

namespace Detector.Analysis.Backtests;

/// <summary>Judges history again by two models, look by look, as the service would have: what <c>detector backtest</c> does.</summary>
/// <remarks>
/// Each look sees only the readings before it, validated without the later ones. Verdicts are those of a look alone: the hold that
/// keeps a verdict up in service (<c>docs/cases.md</c>) and evidence of neighbours are left out, alike for both models.
/// Readings may be of the loads that a model was trained on; only labels of sites it never saw make its figures honest.
/// </remarks>
public static class BacktestRun
{
    /// <summary>Judges every recording by both models.</summary>
    /// <exception cref="AnalysisException">An option is out of range, or no meter was there between From and To.</exception>
    public static BacktestReport Of(IEnumerable<MeterRecording> recordings, BacktestOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var looking = new LookTaker(options, explains: false);
        var explaining = new LookTaker(options, explains: true);
        var labels = options.Labels.DistinctBy(l => l.Meter).ToDictionary(l => l.Meter);
        var validator = new ReadingValidator(new ValidationOptions());
        var done = 0;
        var meters = recordings
            .AsParallel()
            .WithDegreeOfParallelism(options.Threads)
            .WithCancellation(cancel)
            .Select(recording =>
            {
                var readings = AdmittedReadings.Of(recording.ToColumns().InOrder(), options.Registry, validator).Readings;
                var history = new MeterHistory(
                    readings.Meter, options.Registry.Of(readings.Meter).Site, labels.GetValueOrDefault(readings.Meter), Looks(readings, looking, explaining, options, cancel));
                progress?.Report(new AnalysisProgress(string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref done)} meters judged again"), 0, 0));
                return history;
            })
            .Where(history => history.Looks.Count > 0)
            .ToArray();
        if (meters.Length == 0)
        {
            throw new AnalysisException(["No meter has readings between From and To: there is nothing to judge again."]);
        }

        return BacktestReport.Of([.. meters.OrderBy(m => m.Meter.Value, StringComparer.Ordinal)], options);
    }

    /// <summary>Every look at a meter. Reasons are large and dear, and read of the last look alone at which the two differ: that one is taken again with them.</summary>
    private static List<Look> Looks(ReadingColumns readings, LookTaker looking, LookTaker explaining, BacktestOptions options, CancellationToken cancel)
    {
        var looks = new List<Look>();
        foreach (var moment in Moments(readings, options))
        {
            cancel.ThrowIfCancellationRequested();
            if (looking.At(moment, readings) is { } look)
            {
                looks.Add(look);
            }
        }

        if (looks.FindLastIndex(l => l.Differs) is >= 0 and var last)
        {
            looks[last] = explaining.At(looks[last].At, readings)!;
        }

        return looks;
    }

    /// <summary>The same moments for every meter, counted from a Monday, and the meter's own end.</summary>
    private static IEnumerable<DateTimeOffset> Moments(ReadingColumns readings, BacktestOptions options)
    {
        if (readings.Count == 0)
        {
            yield break;
        }

        var begin = Later(Instants.FromUnixMicroseconds(readings.UnixMicroseconds[0]), options.From);
        var last = Instants.FromUnixMicroseconds(readings.UnixMicroseconds[^1]);
        var step = last - Instants.FromUnixMicroseconds(readings.UnixMicroseconds[Math.Max(0, readings.Count - 2)]);
        var end = options.To < last ? options.To.Value : last + (step < TimeSpan.FromDays(1) ? step : TimeSpan.FromDays(1));
        var steps = (long)Math.Ceiling((begin - DateTimeOffset.UnixEpoch - SinceAMonday) / options.Every);
        for (var moment = DateTimeOffset.UnixEpoch + SinceAMonday + (options.Every * steps); moment < end; moment += options.Every)
        {
            if (moment > begin)
            {
                yield return moment;
            }
        }

        if (end > begin)
        {
            yield return end;
        }
    }

    // 1970-01-05 was the first Monday of Unix time.
    private static TimeSpan SinceAMonday { get; } = TimeSpan.FromDays(4);

    private static DateTimeOffset Later(DateTimeOffset first, DateTimeOffset? from) => from > first ? from.Value : first;
}
