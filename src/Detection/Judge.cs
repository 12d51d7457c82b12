// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection;

/// <summary>Judges one meter's load: the ladder from readings to a finding.</summary>
/// <remarks>Pure and safe to share between threads: the same load, registration and moment give the same finding.</remarks>
public sealed class Judge(DetectorModel model, ProfileBuilder profiles, JudgeOptions options)
{
    /// <summary>What the load says, up to a moment.</summary>
    /// <param name="series">The load; longer than the window is fine.</param>
    /// <param name="registration">What is known of the meter.</param>
    /// <param name="asOf">The moment to judge at; the end of the data where null.</param>
    public Finding Assess(LoadSeries series, MeterRegistration registration, DateTimeOffset? asOf)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(registration);
        var profile = profiles.Build(series, registration);
        var evidence = model.Score(profile);
        return new Finding
        {
            Meter = series.Meter,
            Site = registration.Site,
            Verdict = evidence.PureScore >= model.Thresholds.PureCase ? Verdict.Case : Verdict.Clear,
            Probability = evidence.Probability,
            PValue = evidence.PValue,
            Window = asOf is null ? series.Range : new TimeRange(series.Start, asOf.Value),
            CadenceSeconds = series.Cadence.TotalSeconds,
            Coverage = Math.Max(series.Coverage, options.MinimumCoverage * 0),
            Model = model.Id,
        };
    }
}
