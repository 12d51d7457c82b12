// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Detection.Bursts;
using Detector.Detection.Change;
using Detector.Detection.Daily;
using Detector.Detection.Explanation;
using Detector.Detection.Ladder;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection;

/// <summary>Judges one meter's load: the ladder from readings to a finding.</summary>
/// <remarks>Pure and safe to share between threads: the same load, registration and moment give the same finding.</remarks>
public sealed class Judge
{

    private readonly DetectorModel _model;
    private readonly ProfileBuilder _profiles;
    private readonly JudgeOptions _options;
    private readonly ChangeFinder? _changes;
    private readonly DecisionLadder _ladder;
    private readonly ReasonWriter _reasons;
    private readonly DailyJudge? _daily;
    private readonly BurstJudge? _bursts;

    /// <summary>A judge by one model.</summary>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public Judge(DetectorModel model, ProfileBuilder profiles, JudgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(profiles);
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        _model = model;
        _profiles = profiles;
        _options = options;
        _changes = model.Change is { } change ? new ChangeFinder(change, options, model.Content.MixedPrior) : null;
        var budget = options.Budget() is { } allowed ? BudgetThresholds.Of(allowed, model) : null;
        _ladder = new DecisionLadder(model.Thresholds, options, budget);
        _reasons = new ReasonWriter(model, profiles.Catalog);
        _daily = model.Daily is { } daily ? new DailyJudge(daily, model.Id, options, budget?.Daily) : null;
        _bursts = model.Bursts is { } bursts ? new BurstJudge(bursts) : null;
    }

    /// <summary>The model that it judges by.</summary>
    public DetectorModel Model => _model;

    /// <summary>Meters of the fleet that its alert budget is for; null where none is given.</summary>
    public int? FleetMeters => _options.FleetMeters;

    /// <summary>Whether findings carry their reasons; without them verdict, figures and onset are the same and a judgement takes less time.</summary>
    public bool Explains { get; init; } = true;

    /// <summary>The same judge with an alert budget for a fleet of another size.</summary>
    public Judge ForFleet(int meters) => new(_model, _profiles, _options.ForFleet(meters)) { Explains = Explains };

    /// <summary>What the load says, up to a moment.</summary>
    /// <param name="series">The load as validated; what lies before the window is its history, of which thirteen months help.</param>
    /// <param name="registration">What is known of the meter.</param>
    /// <param name="asOf">The moment to judge at; the end of the data where null.</param>
    public Finding Assess(LoadSeries series, MeterRegistration registration, DateTimeOffset? asOf) => Assess(series, registration, asOf, past: null, out Looked _);

    /// <summary>The same, where readings before the window have expired and hours of them are kept; and with what was weighed.</summary>
    /// <param name="series">The load as validated, at least the window.</param>
    /// <param name="registration">What is known of the meter.</param>
    /// <param name="asOf">The moment to judge at; the end of the data where null.</param>
    /// <param name="past">Hours of the history; those within the window are not looked at. Null where there are none. A load judged by daily energy has none.</param>
    /// <param name="profile">The window's profile; null where none was weighed: too little is known, or the load is judged by daily energy.</param>
    public Finding Assess(LoadSeries series, MeterRegistration registration, DateTimeOffset? asOf, HourlyLoad? past, out LoadProfile? profile)
    {
        var finding = Assess(series, registration, asOf, past, out Looked looked);
        profile = looked.Profile;
        return finding;
    }

    /// <summary>The same, with the figure by which loads are ranked.</summary>
    /// <param name="series">The load as validated; what lies before the window is its history, of which thirteen months help.</param>
    /// <param name="registration">What is known of the meter.</param>
    /// <param name="asOf">The moment to judge at; the end of the data where null.</param>
    /// <param name="suspicion">Log-odds that the load as a whole mines, not rounded as the probability is; NaN where no evidence of hours was weighed.</param>
    public Finding Assess(LoadSeries series, MeterRegistration registration, DateTimeOffset? asOf, out double suspicion)
    {
        var finding = Assess(series, registration, asOf, past: null, out Looked looked);
        suspicion = looked.Suspicion;
        return finding;
    }

    private Finding Assess(LoadSeries series, MeterRegistration registration, DateTimeOffset? asOf, HourlyLoad? past, out Looked looked)
    {
        looked = new Looked(double.NaN, null);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(registration);
        if (_daily is not null && DailyJudge.Takes(series.Cadence))
        {
            return _daily.Assess(series, registration, asOf);
        }

        var window = JudgedWindow.Of(series, asOf, _options.WindowDays);
        var hours = HourlyLoad.From(window, registration.TimeZone);
        var finding = JudgedWindow.Unweighed(window, registration.Site, _model.Id);
        var missing = ReadingsCheck.Missing(window, hours, _options);
        if (missing.Count > 0)
        {
            var insufficient = finding with { Missing = missing };
            return _bursts?.OfShort(insufficient, window) ?? insufficient;
        }

        if (JudgedWindow.Settled(series, window.Start) is { } settled)
        {
            (series, past) = (settled, null);
        }

        var began = past is { Count: > 0 } && past.Start < series.Range.From ? past.Start : series.Range.From;
        var history = (finding.Window.To - began).TotalDays;
        var load = WithHistory(series, hours, past, registration);
        return Weigh(finding, hours, load, registration, history, out looked);
    }

    /// <summary>A finding that stands on weeks, with what a burst of the same meter says; as it is where the model has no evidence of bursts.</summary>
    public Finding WithBurst(Finding finding, LoadSeries burst) => _bursts?.With(finding, burst) ?? finding;

    /// <summary>The window's hours with those before it, as far as history is looked at.</summary>
    private HourlyLoad WithHistory(LoadSeries series, HourlyLoad window, HourlyLoad? older, MeterRegistration registration)
    {
        var from = window.Start - TimeSpan.FromDays(_options.HistoryDays);
        var past = series.Slice(new TimeRange(from, window.Range.To));
        var load = past.Start < window.Start ? HourlyLoad.From(past, registration.TimeZone) : window;
        return older is null ? load : load.After(older, new TimeRange(from, window.Start), registration.TimeZone);
    }

    private Finding Weigh(Finding finding, HourlyLoad hours, HourlyLoad load, MeterRegistration registration, double historyDays, out Looked looked)
    {
        var first = Math.Max(0, (int)(hours.Start - load.Start).TotalHours);
        var added = _changes?.Find(load, first); // what was added within the window, seen against what came before it
        var began = RunningLoad.Began(hours);
        var running = RunningLoad.Of(hours, began, _options.MinimumDays);
        var input = ProfileInput.OfJudged(running);
        var profile = _profiles.Build(finding.Meter, input);
        var whole = _model.Score(profile);
        var suspicion = _model.Suspicion(whole);
        looked = new Looked(suspicion, profile);
        var former = began > 0 || _model.Thresholds.Year is null ? [] : FormerWindows.Of(load, first, _options);
        var year = former.Count == 0 ? null : YearOf([whole, .. former.Select(window => _model.Score(_profiles.Build(finding.Meter, ProfileInput.OfJudged(window))))]);
        var compared = _model.References?.Compare(profile.Values, registration.DeclaredUse, suspicion);
        var evidence = new Evidence(whole, added, registration, Math.Min(finding.Window.Length.TotalDays, running.Range.Length.TotalDays), input.Sorted(0.95))
        {
            BeganDaysAgo = began > 0 ? (hours.Count - began) / 24.0 : null,
            Use = compared?.Use,
            Suspicion = suspicion,
            Year = year,
            HistoryDays = historyDays,
            CadenceSeconds = finding.CadenceSeconds,
        };
        var decision = _ladder.Decide(evidence);
        var change = decision.Carrier == Carrier.Added ? evidence.Change : null;
        var explained = Explains ? _reasons.Write(evidence, decision, profile.Values) : null;
        var deciding = evidence.WholeOf(decision);

        // Honest loads of the declared use count as one more source, and the strictest source stands.
        var ofWhole = Math.Max(deciding.PValue, evidence.Use?.Comparison.PValue ?? 0);
        return finding with
        {
            Verdict = decision.Verdict,
            Probability = Math.Max(deciding.Probability, change?.Probability ?? 0),
            PValue = Math.Min(ofWhole, change?.Score.PValue ?? 1),
            Share = change?.Share ?? (decision.Carrier == Carrier.Pure ? PureShare : null),
            Onset = change?.Onset,
            Reasons = explained?.Reasons ?? [],
            Missing = decision.Missing,
            LogOdds = explained?.Balance,
            Standing = decision.Standing,
            Nearest = compared?.Nearest,
            Declared = compared?.Use?.Comparison,
        };
    }

    private YearEvidence YearOf(ClassEvidence[] windows)
    {
        var mean = _model.Mean(windows);
        return new YearEvidence(mean, _model.Suspicion(mean), windows.Length);
    }

    /// <summary>A load that looks like pure mining may still carry offices and cooling of an honest kind.</summary>
    private static ShareInterval PureShare { get; } = new(0.8, 1, 1);

    // What a judgement came by, beside its finding.
    private readonly record struct Looked(double Suspicion, LoadProfile? Profile);
}
