// SPDX-License-Identifier: Apache-2.0
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Detector.Access;
using Detector.Cases.Measures;
using Detector.Metering;
using Detector.Pipeline;

namespace Detector.Web.Tests.Api;

/// <summary>A person limited to a region: what is elsewhere does not exist.</summary>
[TestFixture]
internal sealed class ScopeTests
{
    private WebHost _host = null!;
    private HttpClient _client = null!;

    [SetUp]
    public async Task Start()
    {
        _host = await WebHost.StartAsync();
        _host.Registry.Replace(new SiteRegistry(
        [
            Sample.Registration("m-1", "s-1", "Hereford Hall") with { Region = "Hainan" },
            Sample.Registration("m-2", "s-2", "Thereabouts") with { Region = "Zhejiang" },
        ]));
        await _host.Desk.ConsiderAsync(Sample.Finding("m-1", "s-1", Verdict.Case), CancellationToken.None);
        await _host.Desk.ConsiderAsync(Sample.Finding("m-2", "s-2", Verdict.Case), CancellationToken.None);
        await _host.Desk.ConsiderAsync(Sample.Finding("m-3", "s-3", Verdict.Case), CancellationToken.None);
        await _host.Access.AddUserAsync("hai", Role.Operator, AccessScope.Of(["Hainan"], []), CancellationToken.None);
        var token = (await _host.Access.CreateTokenAsync("hai", null, CancellationToken.None)).Value!;
        _client = _host.Client();
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    [TearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [TestCase("cases/c-1", "cases/c-2")]
    [TestCase("cases/c-1", "cases/c-3")]
    [TestCase("cases/c-1", "cases/c-404")]
    [TestCase("cases/c-1/dossier", "cases/c-2/dossier")]
    [TestCase("cases/c-1/attachments", "cases/c-2/attachments")]
    [TestCase("cases/c-1/measures", "cases/c-2/measures")]
    [TestCase("cases/c-1/surcharge", "cases/c-2/surcharge")]
    [TestCase("cases/c-1/surcharge/readings", "cases/c-2/surcharge/readings")]
    [TestCase("sites/s-1", "sites/s-2")]
    [TestCase("sites/s-1", "sites/s-3")]
    [TestCase("meters/m-1/readings", "meters/m-2/readings")]
    [TestCase("meters/m-1/series", "meters/m-2/series")]
    [TestCase("meters/m-1/load-events", "meters/m-2/load-events")]
    [TestCase("meters/m-1/temperatures", "meters/m-2/temperatures")]
    [TestCase("meters/m-1/energy-signature", "meters/m-2/energy-signature")]
    [TestCase("regions/Hainan", "regions/Zhejiang")]
    public async Task What_is_elsewhere_is_404(string here, string elsewhere)
    {
        using var seen = await _client.GetAsync(new Uri($"/api/v1/{here}", UriKind.Relative));
        using var unseen = await _client.GetAsync(new Uri($"/api/v1/{elsewhere}", UriKind.Relative));
        Assert.That(((int)seen.StatusCode, (int)unseen.StatusCode), Is.EqualTo((200, 404)));
        Assert.That(await unseen.Content.ReadAsStringAsync(), Does.Contain("There is no"));
    }

    [TestCase("cases/c-2/transitions", """{"verb":"triage","evidence_version":1}""")]
    [TestCase("cases/c-2/assignment", """{"assignee":"sun"}""")]
    [TestCase("cases/c-2/notes", """{"note":"x"}""")]
    [TestCase("cases/c-2/snooze", """{"until":"2030-01-01T00:00:00Z","note":"x"}""")]
    [TestCase("cases/c-2/wake", "{}")]
    [TestCase("cases/c-2/merge", """{"into":"c-1","evidence_version":1,"into_evidence_version":1,"note":"x"}""")]
    [TestCase("cases/c-1/merge", """{"into":"c-2","evidence_version":1,"into_evidence_version":1,"note":"x"}""")]
    [TestCase("cases/c-2/split", """{"into_evidence_version":1,"note":"x"}""")]
    [TestCase("cases/c-2/measures", """{"kind":"exit_plan","evidence_version":1}""")]
    [TestCase("cases/c-2/measures/1/transitions", """{"verb":"approve","evidence_version":1}""")]
    public async Task Nothing_elsewhere_can_be_changed(string call, string body)
    {
        Assert.That((await _client.PostAsync($"/api/v1/{call}", body)).Status, Is.EqualTo(404));
        Assert.That((await _host.Desk.GetAsync("c-2", CancellationToken.None))!.Events, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Lists_are_without_what_is_elsewhere_and_moves_of_many_answer_404_for_it()
    {
        Assert.That((await _client.GetJsonAsync("/api/v1/cases?limit=1")).EnumerateArray().Select(c => c.GetProperty("id").GetString()), Is.EqualTo(new[] { "c-1" }), "a page is filled beyond what is not seen");
        Assert.That((await _client.GetJsonAsync("/api/v1/sites")).EnumerateArray().Select(s => s.GetProperty("site").GetString()), Is.EqualTo(new[] { "s-1" }));
        Assert.That((await _client.GetJsonAsync("/api/v1/lists/projects")).GetArrayLength(), Is.EqualTo(1));
        Assert.That((await _client.GetJsonAsync("/api/v1/lists/coverage")).GetArrayLength(), Is.EqualTo(1));
        var (_, moved) = await _client.PostAsync("/api/v1/cases/transitions", """{"moves":[{"id":"c-1","verb":"triage","evidence_version":1},{"id":"c-2","verb":"triage","evidence_version":1}]}""");
        Assert.That(moved.EnumerateArray().Select(m => m.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 200, 404 }));
        foreach (var ofAll in new[] { "/api/v1/dead-letters", "/api/v1/quarantine", "/api/v1/webhooks", "/api/v1/drift", "/api/v1/registry/versions" })
        {
            Assert.That(await _client.StatusAsync(ofAll), Is.EqualTo(403), ofAll);
        }
    }

    [TestCase("/", "Hereford Hall")]
    [TestCase("/?group=region", "Hainan")]
    [TestCase("/?q=s-", "Hereford Hall")]
    [TestCase("/sites/s-1", "Hereford Hall")]
    [TestCase("/regions/Hainan", "Hereford Hall")]
    [TestCase("/feeders/F-12", "Hereford Hall")]
    [TestCase("/api/v1/feeders/F-12", "Hereford Hall")]
    [TestCase("/api/v1/regions/Hainan", "Hereford Hall")]
    [TestCase("/compare?a=s-1", "Hereford Hall")]
    [TestCase("/cases", "c-1")]
    [TestCase("/cases?view=all", "c-1")]
    [TestCase("/cases/c-1", "Hereford Hall")]
    [TestCase("/supervision", "Hereford Hall")]
    [TestCase("/operations", "m-1")]
    [TestCase("/models", "Labels")]
    public async Task Pages_show_what_is_here_and_nothing_of_what_is_elsewhere(string page, string here)
    {
        await MeasureAsync("c-1");
        await MeasureAsync("c-2");
        _host.Pipeline.Held.AddRange(new[] { "m-1", "m-2" }.Select((m, i) => new QuarantinedReading(i + 1, i, 0, new Reading(MeterId.Of(m), Sample.Start), "negative", "below zero")));
        _host.Pipeline.Letters.Add(new DeadLetter(1, 10, Sample.Start, "meters/Zhejiang/m-2", [0], "It is no JSON.", "malformed", 0, "open"));
        var text = await _client.GetStringAsync(new Uri(page, UriKind.Relative));
        Assert.That(text, Does.Contain(here));
        foreach (var elsewhere in new[] { "Thereabouts", "Zhejiang", "m-2", "s-2", "s-3", "c-2", "c-3" })
        {
            Assert.That(text, Does.Not.Contain($">{elsewhere}").And.Not.Contain($"/{elsewhere}\""), page);
        }

        Assert.That(text, Does.Not.Contain("Thereabouts").And.Not.Contain("Zhejiang"), page);
    }

    [TestCase("/sites/s-2")]
    [TestCase("/cases/c-2")]
    [TestCase("/cases/c-3")]
    [TestCase("/regions/Zhejiang")]
    [TestCase("/compare?a=s-1&b=s-2")]
    [TestCase("/?region=Zhejiang")]
    public async Task A_page_of_what_is_elsewhere_says_no_more_than_one_of_what_is_not(string page)
    {
        await MeasureAsync("c-2");
        var text = await _client.GetStringAsync(new Uri(page, UriKind.Relative));
        var absent = await _client.GetStringAsync(new Uri(page.Replace("s-2", "s-99", StringComparison.Ordinal).Replace("c-2", "c-99", StringComparison.Ordinal).Replace("c-3", "c-99", StringComparison.Ordinal).Replace("Zhejiang", "Nowhere", StringComparison.Ordinal), UriKind.Relative));
        Assert.That(Words(text), Does.Not.Contain("Thereabouts").And.Not.Contain("m-2"), page);
        Assert.That(Words(text), Is.EqualTo(Words(absent)), page);
    }

    /// <summary>What stands on a page, without the ids it was asked for.</summary>
    private static string Words(string page) => Regex.Replace(Regex.Replace(page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)], "<!--.*?-->|<[^>]+>", " "), "[sc]-(2|3|99)|Zhejiang|Nowhere|\\s+", " ").Trim();

    private async Task MeasureAsync(string id)
    {
        var (olga, omar) = (new Actor("olga", Role.Operator), new Actor("omar", Role.Operator));
        foreach (var (verb, actor) in new[] { ("triage", olga), ("start-inspection", olga), ("confirm", olga), ("confirm", omar) })
        {
            Assert.That((await _host.Desk.MoveAsync(id, verb, 1, actor, null, CancellationToken.None)).Succeeded, Is.True, verb);
        }

        Assert.That((await new MeasureDesk(_host.Desk).ProposeAsync(id, new MeasureProposal(MeasureKind.MarketExclusion, 1, null, null, null), olga, CancellationToken.None)).Succeeded, Is.True);
    }

    [Test]
    public async Task Events_are_without_what_is_elsewhere()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(limit.Token), Encoding.UTF8);
        await _host.Desk.ConsiderAsync(Sample.Finding("m-1", "s-1", Verdict.Case, 0.7, 95), CancellationToken.None);
        var sites = new List<string?>();
        while (sites.Count < 4 && await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using var document = JsonDocument.Parse(line[6..]);
                sites.Add(document.RootElement.GetProperty("data").GetProperty("site").GetString());
            }
        }

        Assert.That(sites, Is.EqualTo(new[] { "s-1", "s-1", "s-1", "s-1" }));
    }
}
