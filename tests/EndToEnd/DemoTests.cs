// SPDX-License-Identifier: Apache-2.0
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Detector.Testing;

namespace Detector.EndToEnd;

/// <summary>The README's first command, as a newcomer runs it: what mines becomes a case with reasons, what is honest does not.</summary>
internal sealed class DemoTests
{
    [Test]
    [CancelAfter(300_000)]
    public async Task The_demo_fleet_is_judged_right_and_anyone_on_loopback_may_look(CancellationToken cancel)
    {
        using var data = new TemporaryFolder();
        await using var detector = await DetectorProcess.DemoAsync(data.Path);
        await detector.UntilAsync(() => Task.FromResult(detector.Output.Contains("Going on live", StringComparison.Ordinal)), TimeSpan.FromMinutes(4));
        var output = detector.Output;
        var account = await detector.AccountAsync();
        var cases = await detector.Http.GetFromJsonAsync<List<CaseRow>>("/api/v1/cases", DetectorProcess.Json, cancel);
        using var page = await detector.Http.GetAsync(new Uri("/", UriKind.Relative), cancel);
        using var metrics = await detector.Http.GetAsync(new Uri("/metrics", UriKind.Relative), cancel);
        await TestContext.Out.WriteLineAsync(output);
        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Contain("No honest site became a case."));
            Assert.That(output, Does.Not.Contain("not found: "), "every site that mines for most of its load is found, and the others at least watched or named");
            Assert.That(Regex.Count(output, "^CASE ", RegexOptions.Multiline), Is.GreaterThanOrEqualTo(4));
            Assert.That(output, Does.Match(@"insufficient +\d+ sites"));
            Assert.That(account.Balances, Is.True, account.ToString());
            Assert.That(account.Stored, Is.GreaterThan(60 * 90 * 96));
            Assert.That(cases!.Select(c => c.Verdict), Has.All.EqualTo("case"));
            Assert.That(page.IsSuccessStatusCode, Is.True);
            Assert.That(metrics.IsSuccessStatusCode, Is.True);
        });
    }

    [TestCase("1s")]
    [TestCase("4s")]
    [CancelAfter(120_000)]
    public async Task A_time_that_is_over_before_the_demo_has_begun_is_an_end_like_any_other(string lasts, CancellationToken cancel)
    {
        using var data = new TemporaryFolder();
        var (code, _, error) = await DetectorProcess.RunAsync(["demo", "--for", lasts, "--data", data.Path]);
        Assert.That(code, Is.Zero, error);
    }

    private sealed record CaseRow(string Id, string Site, string State, string Verdict);
}
