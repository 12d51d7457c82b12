// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Testing;

namespace Detector.EndToEnd;

/// <summary><c>simulate</c> and <c>backtest</c> as an analyst runs them.</summary>
internal sealed class BacktestTests
{
    [Test]
    public async Task A_candidate_is_held_against_the_model_in_use_on_labelled_history()
    {
        using var folder = new TemporaryFolder();
        var made = await DetectorProcess.RunAsync(["simulate", "--out", folder.In("fleet"), "--sites", "24", "--days", "70", "--cadence", "1h", "--seed", "4"]);
        Assert.That(made.Code, Is.Zero, made.Error);

        // The candidate is the shipped model without its evidence of changes.
        var models = Path.Combine(Requires.Repository(), "models");
        var inUse = Path.Combine(models, (await File.ReadAllTextAsync(Path.Combine(models, "current"))).Trim());
        Directory.CreateDirectory(folder.In("candidate"));
        foreach (var file in Directory.EnumerateFiles(inUse, "*.json").Where(f => Path.GetFileName(f) != "change.json"))
        {
            File.Copy(file, Path.Combine(folder.In("candidate"), Path.GetFileName(file)));
        }

        var run = await DetectorProcess.RunAsync([
            "backtest", "--readings", folder.In("fleet/readings"), "--sites", folder.In("fleet/sites.csv"), "--labels", folder.In("fleet/labels.csv"),
            "--candidate", folder.In("candidate"), "--out", folder.In("data/backtests/candidate"), "--format", "json"]);
        Assert.That(run.Code, Is.Zero, run.Error);
        using var report = JsonDocument.Parse(run.Output);
        Assert.Multiple(() =>
        {
            Assert.That(report.RootElement.GetProperty("meters").GetInt32(), Is.EqualTo(24));
            Assert.That(report.RootElement.GetProperty("in_use").GetProperty("labelled").GetProperty("mining").GetInt32(), Is.GreaterThan(0));
            Assert.That(report.RootElement.GetProperty("moves").EnumerateArray().Sum(m => m.GetProperty("meters").GetInt32()), Is.EqualTo(24));
            Assert.That(File.ReadAllText(folder.In("data/backtests/candidate/backtest.json")).Trim(), Is.EqualTo(run.Output.Trim()));
            Assert.That(File.Exists(folder.In("data/backtests/candidate/backtest.html")), Is.True);
        });

        // The console of a service with that data folder shows it.
        await using var detector = await DetectorProcess.ServeAsync(folder.In("data"), ServerProcess.FreePort(), ServerProcess.FreePort());
        await detector.SignInAsync(folder.In("data"), "analyst");
        var page = await detector.Http.GetStringAsync(new Uri("/models", UriKind.Relative));
        Assert.That(page, Does.Contain("data-report=\"backtests/candidate\"").And.Contain("backtest-figures"));
        foreach (var changed in report.RootElement.GetProperty("changed").EnumerateArray())
        {
            Assert.That(page, Does.Contain($"data-meter=\"{changed.GetProperty("meter").GetString()}\""));
        }
    }

    [Test]
    public async Task A_model_that_is_not_there_is_said_with_the_remedy()
    {
        var run = await DetectorProcess.RunAsync(["backtest", "--readings", Requires.Repository(), "--candidate", "hashrate/999"]);
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(2));
            Assert.That(run.Error, Does.Contain("hashrate/999").And.Contain("models list"));
        });
    }
}
