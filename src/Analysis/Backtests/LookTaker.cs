// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;
using Detector.Validation;

namespace Detector.Analysis.Backtests;

/// <summary>Looks at a meter at a moment as both models would have: at the readings before it, validated without the later ones.</summary>
/// <param name="options">The models and how they judge.</param>
/// <param name="explains">Whether findings carry their reasons.</param>
internal sealed class LookTaker(BacktestOptions options, bool explains)
{
    private readonly SeriesAssessor _assessor = new();
    private readonly Judge _inUse = Judge(options.InUse, options, explains);
    private readonly Judge _candidate = Judge(options.Candidate, options, explains);
    private readonly TimeSpan _back = TimeSpan.FromDays(Math.Max(options.Judging.WindowDays, options.Judging.DailyWindowDays) + options.Judging.HistoryDays);

    /// <summary>The look; null where nothing was read before it.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="readings">Everything recorded of the meter, in order of time.</param>
    public Look? At(DateTimeOffset moment, ReadingColumns readings)
    {
        var (registration, installed) = options.Registry.InstallationOf(readings.Meter, moment);
        var window = installed.Within(new TimeRange(moment - _back, moment));
        var known = readings.Between(window.From, window.To);
        if (known.Count == 0)
        {
            return null;
        }

        var series = _assessor.Assess(known).Series;
        return new Look(moment, _inUse.Assess(series, registration, moment), _candidate.Assess(series, registration, moment));
    }

    private static Judge Judge(DetectorModel model, BacktestOptions options, bool explains) =>
        new(model, new ProfileBuilder(FeatureCatalog.Default()), options.Judging) { Explains = explains };
}
