// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Analysis.Training;
using Detector.Detection;
using Detector.Detection.References;
using Detector.Metering;
using Detector.Simulation;

namespace Detector.Analysis.References;

/// <summary>Makes the loads that judged ones are compared with, and writes <c>reference.json</c> beside a model.</summary>
/// <remarks>
/// Recorded windows and mining are those of training. Simulated honest sites are drawn anew, so many of each declared use, and
/// no model was trained on them: what they score is what an honest site of the use would. Recorded sites were trained on, so
/// their scores are not counted; their features are.
/// </remarks>
internal static class ReferenceRun
{
    /// <summary>Role of the simulated sites: none of them is trained on or judged elsewhere.</summary>
    public const string Role = "reference";

    private const int WindowsOfSite = 2; // of 91 days, and as many of 28

    /// <summary>Makes and writes the references of a model.</summary>
    /// <param name="model">The model, as trained.</param>
    /// <param name="trained">The windows it was trained on.</param>
    /// <param name="sizes">How many sites of each use.</param>
    /// <param name="options">Where it lies, and its seed.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="cancel">Stops it.</param>
    public static void Save(
        DetectorModel model, IReadOnlyList<ProfiledWindow> trained, PlanSizes sizes, TrainingRunOptions options,
        IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        var known = trained.Where(w => !w.Recipe.IsSum && (w.Recipe.Class == SampleClass.PureMining || (w.Recipe.Class == SampleClass.Honest && w.Recipe.Real)));
        var drawn = ProfiledWindow.Of(Recipes(sizes.ReferenceSitesPerUse, options, cancel), "profile reference windows", options.Threads, progress, cancel);
        var book = ReferenceTrainer.Fit(
            model, [.. known.Select(w => Sample(w, trainedOn: true)), .. drawn.Select(w => Sample(w, trainedOn: false))]);
        book.Save(options.VersionFolder);
        foreach (var use in book.Uses)
        {
            progress?.Report(new AnalysisProgress($"references: {use.Use.Name()}, {use.RecordedSites} recorded sites of", use.Sites, use.Sites));
        }
    }

    private static List<WindowRecipe> Recipes(int perUse, TrainingRunOptions options, CancellationToken cancel)
    {
        var sites = SimulatedHonest.Classes.GroupBy(HonestLoad.DeclaredUseOf)
            .SelectMany(use => use.SelectMany(kind => Enumerable.Range(0, perUse / use.Count()).Select(number => (Kind: kind, Number: number))));
        var loads = sites.AsParallel().AsOrdered().WithDegreeOfParallelism(options.Threads).WithCancellation(cancel)
            .Select(site => SimulatedHonest.Site(site.Kind, site.Number, Role, SimulatedHonest.Source, options.Seed)).ToArray();
        var plan = new WindowPlan(loads, new MiningLoads(options.Seed), Role, WindowsOfSite, WindowsOfSite);
        return [.. plan.Honest(brief: false), .. plan.Honest(brief: true)];
    }

    private static ReferenceSample Sample(ProfiledWindow window, bool trainedOn)
    {
        var (kind, english, chinese) = ReferenceKinds.Of(window.Recipe);
        var isMining = window.Recipe.Class == SampleClass.PureMining;
        return new ReferenceSample(
            window.Profile, isMining, isMining ? DeclaredUse.Unknown : window.Recipe.Registration.DeclaredUse,
            kind, english, chinese, window.Recipe.Site, !isMining && window.Recipe.Real, trainedOn);
    }
}
