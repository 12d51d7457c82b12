// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Changes;
using Detector.Analysis.Contest;
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Analysis.Statistics;
using Detector.Analysis.Training;
using Detector.Detection;
using Detector.Metering;

namespace Detector.Analysis.Evaluation;

/// <summary>Judges detection with whole sources held out: what <c>detector evaluate</c> does.</summary>
/// <remarks>
/// In: recordings. Out: figures with intervals next to the baselines of the same run. For each source a model is trained on the
/// others, thresholds and calibration included, and judges that source: its honest windows as recorded, mining put in their
/// place, and mining added onto them. Cannot tell: how real mining sites look, of which no public recordings exist.
/// </remarks>
public static class EvaluationRun
{
    private const int HardWindows = 20;

    /// <summary>Runs an evaluation.</summary>
    /// <exception cref="AnalysisException">An option is out of range, or there are not two sources of recordings to hold one out.</exception>
    public static Task<EvaluationReport> RunAsync(EvaluationRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        return Task.Run(
            () =>
            {
                if (options.RecordingsFolder is null)
                {
                    throw new AnalysisException(
                        [$"There are no recordings to judge on: give --recordings DIR or set {RunOptions.RecordingsVariable} to the folder that holds honest/."]);
                }

                var corpus = HonestCorpus.Read(options.RecordingsFolder, RecordingSets.Default(), options.Threads, progress, cancel);
                return Run(corpus, options.Quick ? PlanSizes.Quick : PlanSizes.Full, options, progress, cancel);
            },
            cancel);
    }

    internal static EvaluationReport Run(
        HonestCorpus corpus, PlanSizes sizes, EvaluationRunOptions options, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        if (corpus.Sources.Count < 2)
        {
            throw new AnalysisException(
                [$"'{options.RecordingsFolder}' holds recordings of {corpus.Sources.Count} sources; two are needed to hold one out. Known sets: "
                    + string.Join(", ", RecordingSets.Default().All.Where(s => s.Hourly).Select(s => s.Folder)) + "."]);
        }

        options.Training.Threads = options.Training.Change.Threads = options.Threads;
        // The contest shares nothing with the folds but the recordings, and the ablation nothing but the material: beside them they fill the cores that folds leave idle.
        var contest = Task.Run(() => ContestRun.Of(corpus, options, progress, cancel), cancel);
        var mining = new MiningLoads(options.Seed);
        var real = corpus.Loads.Any(l => l.Real);
        var training = real ? corpus.With(SimulatedHonest.Of(sizes.SimulatedHonestSites, [SimulatedHonest.Source], options.Seed)) : corpus;
        var material = TrainingMaterial.Of(training, mining, sizes, options.Threads, progress, cancel);
        var realOrSimulated = Task.Run(() => RealOrSimulated.Of(material, options, progress, cancel), cancel);
        var ablation = options.Ablation ? Task.Run(() => Ablation.Of(material, corpus.Sources, options, progress, cancel), cancel) : null;
        var changes = ChangeMaterial.Of(corpus.Loads, mining, sizes.Changes, options.Threads, progress, cancel);
        var folds = Train(corpus, material, changes, options, progress, cancel);
        var judged = folds.SelectMany(fold => new WindowJudge(fold, options.Judging)
            .Judge(Recipes(fold.Source, corpus, mining, sizes), options.Threads, progress, cancel)).ToArray();
        var onsets = folds.SelectMany(fold => new ChangeJudge(fold, mining, sizes.Changes, options.Judging).Judge(corpus.Loads, options.Threads, progress, cancel)
            .Concat(new AdditionJudge(fold, mining, sizes.Changes, options.Judging).Judge(corpus.Loads, options.Threads, progress, cancel))).ToArray();
        var (contestFigures, daily) = contest.GetAwaiter().GetResult();
        var report = Report(judged, onsets, changes, folds, corpus, options, progress)
            .With(new CadenceRun(corpus, mining, sizes, options).Of(folds, daily, judged, progress, cancel))
            .With(new YearRun(corpus, mining, sizes, options).Of(folds, progress, cancel))
            .With(contestFigures).With(realOrSimulated.GetAwaiter().GetResult());
        return ablation is null ? report : report.With(ablation.GetAwaiter().GetResult());
    }

    // A fold is one long chain on one thread: all at once, or the last would leave the other cores idle.
    private static Fold[] Train(
        HonestCorpus corpus, IReadOnlyList<TrainingMaterial> material, IReadOnlyList<ChangeSample> changes, EvaluationRunOptions options,
        IProgress<AnalysisProgress>? progress, CancellationToken cancel) =>
    [
        .. corpus.Sources.AsParallel().AsOrdered().WithDegreeOfParallelism(Math.Max(options.Threads, corpus.Sources.Count)).WithCancellation(cancel).Select(source =>
        {
            var sites = corpus.Loads.Where(l => l.Source == source).Select(l => l.Site).ToHashSet(StringComparer.Ordinal);
            return Fold.Train(source, material, sites, options, progress, cancel).With(changes, options, progress, cancel);
        }),
    ];

    private static List<WindowRecipe> Recipes(string source, HonestCorpus corpus, MiningLoads mining, PlanSizes sizes)
    {
        var plan = WindowPlan.Judged(source, corpus, mining, sizes);
        return
        [
            .. plan.Honest(brief: false), .. plan.Honest(brief: true),
            .. plan.Pure(sizes.JudgedPurePerStyle, brief: false, companyShare: 0), .. plan.Pure(sizes.JudgedShortPurePerStyle, brief: true, companyShare: 0),
            .. plan.Unseen(sizes.JudgedPurePerStyle, brief: false), .. plan.Unseen(sizes.JudgedShortPurePerStyle, brief: true),
            .. plan.JudgedMixtures(sizes.JudgedHostsPerSite, Population.Shares, MiningSince.Onset),
            .. plan.JudgedMixtures(sizes.JudgedHostsPerSite, Population.Shares, MiningSince.FirstDay),
        ];
    }

    private static EvaluationReport Report(
        JudgedWindow[] judged, JudgedWindow[] onsets, IReadOnlyList<ChangeSample> changes, Fold[] folds, HonestCorpus corpus, EvaluationRunOptions options, IProgress<AnalysisProgress>? progress)
    {
        var sources = corpus.Sources;
        progress?.Report(new AnalysisProgress("resample sites", 0, 0));
        var book = new FigureBook(options, folds.ToDictionary(f => f.Source, f => f.Thresholds, StringComparer.Ordinal));
        Judgements Scope(string name, IEnumerable<JudgedWindow> windows) => new(name, [.. windows], options.BootstrapRepeats, options.Seed);
        Figure[] figures =
        [
            .. sources.Select(s => Scope(s, judged.Where(w => w.Source == s))).Append(Scope(Tables.All, judged))
                .AsParallel().AsOrdered().WithDegreeOfParallelism(options.Threads).SelectMany(book.Of),
            .. ChangeFigures.All(onsets, changes, folds, corpus, options),
        ];
        var index = new FigureIndex(figures);
        var tables = new Tables(options, sources, index);
        return new EvaluationReport
        {
            Command = "detector evaluate --recordings DIR" + (options.Quick ? " --quick" : string.Empty) + (options.Ablation ? " --ablation" : string.Empty),
            Seed = options.Seed,
            Quick = options.Quick,
            Prevalence = options.Prevalence,
            FleetSites = options.FleetSites,
            Hardest = Hardest(judged),
            Figures = figures,
            Tables = [.. tables.Make([.. book.MethodsAt(options.NominalRates[^1])]), .. new ChangeTables(sources, index).Make()],
            Reliability = Reliability(judged, options),
            StylesJudgedOnly = MiningLoads.Unseen,
        };
    }

    private static HardWindow[] Hardest(JudgedWindow[] judged) =>
    [
        .. judged.Where(w => w.Class == SampleClass.Honest && w.Sufficient)
            .OrderByDescending(w => w.Verdict).ThenByDescending(w => w.Suspicion).Take(HardWindows)
            .Select(w => new HardWindow(w.Source, $"{w.Name}, {w.Days} days", w.Verdict.Name(), w.Probability, w.PValue)),
    ];

    private static ReliabilityBin[] Reliability(JudgedWindow[] judged, EvaluationRunOptions options)
    {
        var (pure, mixed) = (options.Training.PurePrior, options.Training.MixedPrior);
        var sufficient = new Judgements(Tables.All, [.. judged.Where(w => w.Sufficient)], 1, options.Seed);
        var ranked = sufficient.Ranked(w => w.Probability, 1 - pure - mixed, (Population.Pure, pure), (Population.LargeMixtures, mixed));
        return [.. CalibrationError.Reliability(ranked).Select(b => new ReliabilityBin(b.Stated, b.Observed, b.Weight))];
    }
}
