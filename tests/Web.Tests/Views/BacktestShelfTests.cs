// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;
using Detector.Web.Views;

namespace Detector.Web.Tests.Views;

public sealed class BacktestShelfTests
{
    [Test]
    public void Reports_lie_in_the_folder_of_backtests_and_beside_models_and_the_newest_comes_first()
    {
        using var root = new TemporaryFolder();
        var older = BacktestSample.Write(root.In("data", "backtests", "hashrate-2"));
        var newer = BacktestSample.Write(root.In("models", "hashrate", "3"), "hashrate/3");
        File.SetLastWriteTimeUtc(older, new DateTime(2026, 4, 1, 0, 0, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(newer, new DateTime(2026, 4, 2, 0, 0, 0, DateTimeKind.Utc));
        var reports = Shelf(root).List();
        Assert.That(reports.Select(r => (r.Id, r.Report!.Candidate.Model)), Is.EqualTo(new[] { ("models/hashrate/3", "hashrate/3"), ("backtests/hashrate-2", "hashrate/2") }));
        var (report, changes) = (reports[1].Report!, BacktestShelf.ChangesOf(reports[1]));
        Assert.Multiple(() =>
        {
            Assert.That((report.Meters, report.EveryDays, report.InUse.Cases, report.Candidate.Labelled), Is.EqualTo((64, 7.0, 9, (BacktestLabelled?)null)));
            Assert.That(report.InUse.Labelled!.Precision, Is.EqualTo(new BacktestEstimate(0.888889, 0.7, 1)));
            Assert.That(report.InUse.Labelled.FalsePerThousandSiteYears!.Value, Is.Null);
            Assert.That(report.Moves.Sum(m => m.Meters), Is.EqualTo(64));
            Assert.That(changes.Select(c => (c.Meter, c.Kind, c.Mines)), Is.EqualTo(new[] { ("m-20", "gains", true), ("m-17", "loses", false), ("m-x", "other", (bool?)null) }));
            Assert.That(changes[0].Groups[0], Is.EqualTo(new BacktestGroup("flatness", 0.4, 1.9)));
        });
    }

    [Test]
    public void One_that_is_being_written_is_said_to_be_unreadable_and_read_when_it_is_whole()
    {
        using var root = new TemporaryFolder();
        var shelf = Shelf(root);
        Assert.That(shelf.List(), Is.Empty);
        Directory.CreateDirectory(root.In("data", "backtests", "new"));
        foreach (var half in new[] { "{ \"from\": ", "[]", "{}", "null" })
        {
            File.WriteAllText(root.In("data", "backtests", "new", "backtest.json"), half);
            var listed = shelf.List().Single();
            Assert.That((listed.Report, BacktestShelf.ChangesOf(listed).Count), Is.EqualTo(((BacktestReport?)null, 0)), half);
        }

        BacktestSample.Write(root.In("data", "backtests", "new"));
        Assert.That(shelf.List().Single().Report, Is.Not.Null);
        Directory.Delete(root.In("data", "backtests"), recursive: true);
        Assert.That(shelf.List(), Is.Empty);
    }

    [Test]
    public void Of_many_the_newest_are_listed()
    {
        using var root = new TemporaryFolder();
        for (var i = 0; i < BacktestShelf.MostReports + 3; i++)
        {
            File.SetLastWriteTimeUtc(BacktestSample.Write(root.In("data", "backtests", $"r-{i}")), new DateTime(2026, 1, 1, 0, i, 0, DateTimeKind.Utc));
        }

        var listed = Shelf(root).List();
        Assert.That((listed.Count, listed[0].Id, listed[^1].Id), Is.EqualTo((BacktestShelf.MostReports, $"backtests/r-{BacktestShelf.MostReports + 2}", "backtests/r-3")));
    }

    private static BacktestShelf Shelf(TemporaryFolder root) => new(new WebOptions { ModelsFolder = root.In("models"), BacktestsFolder = root.In("data", "backtests") });
}
