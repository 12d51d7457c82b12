// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Contest;
using Detector.Analysis.Corpora;
using Detector.Analysis.Daily;
using Detector.Analysis.Evaluation;
using Detector.Analysis.Injection;
using Detector.Detection;
using Detector.Profiles.Daily;

namespace Detector.Analysis.Tests.Contest;

internal sealed class ContestTests
{
    private static readonly HonestCorpus Simulated = HonestCorpus.Empty.With(SimulatedHonest.Of(30, ["north", "south"], 5));

    [Test]
    public void The_fleet_has_fifteen_thousand_customers_of_whom_thirty_six_mine() => Assert.Multiple(() =>
    {
        Assert.That(ContestPlan.Kinds.Sum(k => k.Customers), Is.EqualTo(15_000).Within(1e-6));
        Assert.That(ContestPlan.Kinds.Where(k => k.Mines).Sum(k => k.Customers), Is.EqualTo(36));
    });

    [Test]
    public void Every_kind_of_customer_is_made_of_sites_that_do_not_train()
    {
        var loads = DailyCorpus.Simulated(16, ["north"], "contest", 1, 2);
        var recipes = new ContestPlan(loads, new MiningLoads(1), "contest").Windows(2);
        var training = DailyTraining.Material(Simulated, 1, quick: true, 2, null, CancellationToken.None);
        var kinds = recipes.Select(ContestPlan.KindOf).Distinct().Select(k => k.Name);
        Assert.Multiple(() =>
        {
            Assert.That(kinds, Is.EquivalentTo(ContestPlan.Kinds.Where(k => k != ContestPlan.Recorded).Select(k => k.Name)));
            Assert.That(recipes.Select(r => r.Site).Intersect(training.SelectMany(t => t.Value).Select(w => w.Recipe.Site)), Is.Empty);
            Assert.That(recipes.Where(r => r.Class == SampleClass.PureMining).Select(r => r.Style).Distinct(), Is.EquivalentTo(MiningLoads.Styles));
        });
    }

    [Test]
    public void A_window_is_the_same_again_and_written_in_its_meters_steps()
    {
        var loads = DailyCorpus.Simulated(2, ["north"], "contest", 1, 1);
        var recipe = new ContestPlan(loads, new MiningLoads(1), "contest").Windows(1).First(r => r.Class == SampleClass.Mixture);
        var (once, again) = (recipe.Make().PowerKilowatts, recipe.Make().PowerKilowatts);
        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(once));
            Assert.That(once.Select(v => Math.Abs((v * 24 / 0.01) - Math.Round(v * 24 / 0.01)) * 0.01 / (v * 24)), Is.All.LessThan(1e-6)); // within a float's digits
        });
    }

    [Test]
    public void Adding_nothing_changes_nothing()
    {
        var loads = DailyCorpus.Simulated(3, ["north"], "contest", 1, 1);
        var plan = new DailyWindows(loads, new MiningLoads(1), "contest");
        var host = DailyWindows.Cut(loads[0], 182, 182)[0];
        Assert.That(plan.Mixture(host, 0, MiningSince.FirstDay, "x").Make().PowerKilowatts, Is.EqualTo(plan.Honest(host).Make().PowerKilowatts));
    }

    [Test]
    public void The_best_threshold_weighs_customers_not_windows()
    {
        var loads = DailyCorpus.Simulated(16, ["north"], "contest", 1, 2);
        var windows = DailyWindow.Of(new ContestPlan(loads, new MiningLoads(1), "contest").Windows(1), "profile", 2, null, CancellationToken.None);
        double[] perfect = [.. windows.Select(w => w.Recipe.Class == SampleClass.Honest ? 0.0 : 1.0)];
        Assert.That(ContestThreshold.Best(windows, perfect), Is.EqualTo(1));
    }

    [Test]
    public void Days_of_a_recorded_load_begin_at_local_midnight()
    {
        var hours = Simulated.Loads[0];
        var days = DailyCorpus.ByDay(hours);
        var local = TimeZoneInfo.ConvertTime(days.Load.Start, TimeZoneInfo.FindSystemTimeZoneById(hours.Registration.TimeZone));
        Assert.Multiple(() =>
        {
            Assert.That(local.TimeOfDay, Is.EqualTo(TimeSpan.Zero));
            Assert.That(DailyLoad.From(days.Load, hours.Registration.TimeZone).Kilowatts, Is.EqualTo(days.Load.PowerKilowatts));
        });
    }

    [Test]
    public void It_reports_both_ways_of_holding_out_and_every_method()
    {
        var options = new EvaluationRunOptions
        {
            Quick = true,
            BootstrapRepeats = 20,
            Training = new() { Folds = 2, Daily = new() { Trees = 30, Leaves = 4 } },
        };
        var (outcome, withoutSource) = ContestRun.Of(Simulated, options, null, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(outcome.Tables, Has.Count.EqualTo(4));
            Assert.That(withoutSource.Keys, Is.EquivalentTo(Simulated.Sources));
            Assert.That(outcome.Tables.Select(t => t.Rows.All(r => r.Count == t.Columns.Count)), Is.All.True);
            Assert.That(outcome.Figures.Select(f => f.Source).Distinct(), Is.EquivalentTo(new[] { ContestRun.SitesOut, ContestRun.SourcesOut }));
            Assert.That(outcome.Figures.Where(f => f.Name == FigureNames.F1).Select(f => f.Method).Distinct(), Is.EquivalentTo(ContestFold.Methods));
            Assert.That(outcome.Figures.Single(f => f is { Name: FigureNames.AveragePrecision, Source: ContestRun.SitesOut } && f.Method == ContestFold.Methods[0]).Value.Value, Is.GreaterThan(0.024)); // ten times chance
        });
    }
}
