// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;
using Detector.Analysis.Injection;
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Analysis.Changes;

/// <summary>Judges onsets put into honest loads of a source held out, with their history and without it, at the end and at earlier looks.</summary>
internal sealed class ChangeJudge(Fold fold, MiningLoads mining, ChangeSizes sizes, JudgeOptions options)
{
    /// <summary>Role of judged injections.</summary>
    private const string Role = "judge/change";

    private readonly Judge _judge = new(fold.Model, new ProfileBuilder(FeatureCatalog.Default()), options) { Explains = false };

    private const double LeastShareOfLooks = 0.2; // below it little is found at any look, and looks are most of the work

    /// <summary>Days since the onset at which earlier looks are taken.</summary>
    public static IReadOnlyList<int> LookDays { get; } = [3, 7, 14, 28, 56];

    /// <summary>Judges every share on some hosts of the source.</summary>
    public IReadOnlyList<JudgedWindow> Judge(IEnumerable<RecordedLoad> loads, int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancel) =>
        new JudgedHosts(loads, fold.Source, sizes).Judge("judge onsets", host => Population.Shares.SelectMany(share => Judge(host, share)), threads, progress, cancel);

    private List<JudgedWindow> Judge(ChangeHost host, double share)
    {
        var key = $"{Role}/{host.Window.Origin.Load.Meter}/{host.Window.Series.Start:yyyyMMdd}/{share:0.00}";
        var chance = mining.Chance(key);
        var age = (int)chance.Uniform(14 * 24, (PlanSizes.LongDays - 14) * 24);
        var injection = OnsetInjection.Draw(share, age, chance);
        var judged = new List<JudgedWindow>();
        foreach (var history in host.HasHistory ? new[] { true, false } : [false])
        {
            var from = history ? host.HistoryFrom : host.First;
            var series = RecordingReader.AsValidated(injection.Into(host, from, mining, key));
            var onset = series.Range.To - TimeSpan.FromHours(age);
            foreach (var days in LookDays.Where(d => share >= LeastShareOfLooks && d * 24 <= age).Select(d => (int?)d).Append(null))
            {
                judged.Add(At(host, injection, series, onset, history, days));
            }
        }

        return judged;
    }

    private JudgedWindow At(ChangeHost host, OnsetInjection injection, LoadSeries series, DateTimeOffset onset, bool history, int? days)
    {
        var origin = host.Window.Origin;
        var finding = _judge.Assess(series, origin.Registration, days is { } d ? onset.AddDays(d) : null);
        var truth = new ChangeTruth(
            history, host.AddedKilowatts(injection.Share, injection.AgeHours), days ?? 0,
            finding.Onset is { } width ? (width.Latest - width.Earliest).TotalHours : double.NaN);
        return truth.Of(origin, SampleClass.Mixture, injection.Share, injection.Style, finding, $"{origin.Load.Meter} {onset:yyyy-MM-dd}") with
        {
            OnsetErrorHours = finding.Onset is { } stated ? (stated.Likely - onset).TotalHours : double.NaN,
            OnsetCovered = finding.Onset is { } interval && onset >= interval.Earliest && onset <= interval.Latest,
        };
    }
}
