// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using Detector.Metering;

namespace Detector.Cases.Tests;

/// <summary>Figures for docs and reports; run by name, never asserted against a clock.</summary>
[Explicit("Measures; run it by name.")]
public sealed class ThroughputTests
{
    [Test]
    public async Task Findings_and_moves_per_second()
    {
        const int Count = 1000;
        await using var bench = await CasesBench.OpenAsync();
        await bench.OpenInspectingAsync("warm-up");
        await MeasureAsync("new clear verdicts", Count, i => bench.Desk.ConsiderAsync(CasesBench.Finding($"s-{i}", Verdict.Clear), default));
        await MeasureAsync("repeated findings", Count, i => bench.Desk.ConsiderAsync(CasesBench.Finding($"s-{i}", Verdict.Clear), default));
        await MeasureAsync("cases opened", Count, i => bench.Desk.ConsiderAsync(CasesBench.Finding($"s-{i}", day: 1), default));
        await MeasureAsync("moves", Count, i => bench.Desk.MoveAsync($"c-{i + 2}", "triage", 1, CasesBench.Ana, null, default));
        await MeasureAsync("cases read", Count, i => bench.Desk.GetAsync($"c-{i + 2}", default));
        await MeasureAsync("lists of 100", 100, _ => bench.Desk.ListAsync(new CaseFilter(), default));
        await MeasureAsync("chains verified (4000 links)", 5, _ => bench.Desk.VerifyAuditAsync(null, default));
        Assert.That((await bench.Desk.VerifyAuditAsync(null, default)).Intact, Is.True);
    }

    private static async Task MeasureAsync(string what, int count, Func<int, Task> work)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
        {
            await work(i);
        }

        await TestContext.Out.WriteLineAsync($"{what}: {count / watch.Elapsed.TotalSeconds:F0} a second");
    }
}
