// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;
using Detector.Analysis.Injection;
using Detector.Detection;
using Detector.Profiles;

namespace Detector.Analysis.Changes;

/// <summary>Judges simulated honest load put into honest loads of a source held out: what a hall that is connected would be taken for.</summary>
/// <remarks>Recordings hold hardly any honest addition of size, so nothing else says how an addition that is no mine fares (docs/decisions/0032).</remarks>
internal sealed class AdditionJudge(Fold fold, MiningLoads mining, ChangeSizes sizes, JudgeOptions options)
{
    /// <summary>Role of judged additions.</summary>
    private const string Role = "judge/change/simulated";

    private readonly Judge _judge = new(fold.Model, new ProfileBuilder(FeatureCatalog.Default()), options) { Explains = false };

    /// <summary>Shares of the total that are added.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.5, 0.3];

    /// <summary>Judges every share on some hosts of the source, with their history and without it.</summary>
    public IReadOnlyList<JudgedWindow> Judge(IEnumerable<RecordedLoad> loads, int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancel) =>
        new JudgedHosts(loads, fold.Source, sizes).Judge("judge honest additions", host => Shares.SelectMany(share => Enumerable.Range(0, sizes.JudgedAdditionsPerHost).SelectMany(i => Judge(host, share, i))), threads, progress, cancel);

    private IEnumerable<JudgedWindow> Judge(ChangeHost host, double share, int number)
    {
        var chance = mining.Chance(string.Create(
            CultureInfo.InvariantCulture, $"{Role}/{host.Window.Origin.Load.Meter}/{host.Window.Series.Start:yyyyMMdd}/{share:0.00}/{number}"));
        var age = (int)chance.Uniform(14 * 24, (PlanSizes.LongDays - 14) * 24);
        var addition = HonestAddition.Simulated(host, share, age, chance);
        foreach (var history in host.HasHistory ? new[] { true, false } : [false])
        {
            var series = RecordingReader.AsValidated(addition.Into(host, history ? host.HistoryFrom : host.First));
            var truth = new ChangeTruth(history, addition.Kilowatts(host), 0, double.NaN);
            var origin = host.Window.Origin;
            yield return truth.Of(
                origin, SampleClass.Honest, share, addition.Kind, _judge.Assess(series, origin.Registration, null), $"{origin.Load.Meter} {addition.Kind}");
        }
    }
}
