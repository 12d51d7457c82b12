// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using System.Text.Json;
using Detector.Metering;

namespace Detector.Web.Tests.Api;

/// <summary>Requests that come twice, at once, or too late.</summary>
[TestFixture]
internal sealed class ChangeCallsTests
{
    private const string Triage = """{"verb":"triage","evidence_version":1,"note":"Seen."}""";

    private WebHost _host = null!;

    [SetUp]
    public async Task Start()
    {
        _host = await WebHost.StartAsync(new WebOptions { RequestsPerSecond = 10_000, RequestBurst = 10_000 });
        await _host.Desk.ConsiderAsync(Sample.Finding("m-17", "s-4", Verdict.Case), CancellationToken.None);
    }

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task A_request_that_comes_again_under_its_key_changes_nothing_and_gets_the_first_answer_to_the_byte()
    {
        var first = await SendAsync("olga", "c-1/notes", """{"note":"The lease came."}""", "k-1");
        var between = await SendAsync("olga", "c-1/notes", """{"note":"Another."}""", "k-2");
        var again = await SendAsync("olga", "c-1/notes", """{"note":"The lease came."}""", "k-1");
        Assert.That((first.Status, between.Status, again.Status), Is.EqualTo((200, 200, 200)));
        Assert.That((again.Text, again.Tag), Is.EqualTo((first.Text, first.Tag)));
        Assert.That(first.Tag, Is.Not.EqualTo(between.Tag));
        Assert.That(await EventsAsync("noted"), Is.EqualTo(2));
        Assert.That((await _host.Desk.VerifyAuditAsync(null, default)).Intact, Is.True);
    }

    [Test]
    public async Task A_key_with_another_body_or_another_call_is_422_and_with_another_person_a_key_of_its_own()
    {
        await SendAsync("olga", "c-1/notes", """{"note":"One."}""", "k");
        Assert.That((await SendAsync("olga", "c-1/notes", """{"note":"Two."}""", "k")).Status, Is.EqualTo(422));
        Assert.That((await SendAsync("olga", "c-1/notes", """{ "note":"One."}""", "k")).Status, Is.EqualTo(422), "the key is bound to the bytes");
        Assert.That((await SendAsync("olga", "c-1/transitions", Triage, "k")).Status, Is.EqualTo(422));
        Assert.That((await SendAsync("olga", "transitions", """{"moves":[{"id":"c-1","verb":"triage","evidence_version":1}]}""", "k")).Status, Is.EqualTo(422));
        Assert.That((await SendAsync("omar", "c-1/notes", """{"note":"Two."}""", "k")).Status, Is.EqualTo(200));
        Assert.That(await EventsAsync("noted"), Is.EqualTo(2));
        Assert.That(await EventsAsync("moved"), Is.Zero);
    }

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("a\u0001b")]
    public async Task A_key_that_is_none_is_400_and_changes_nothing(string key)
    {
        Assert.That((await SendAsync("olga", "c-1/transitions", Triage, key)).Status, Is.EqualTo(400));
        Assert.That((await SendAsync("olga", "c-1/transitions", Triage, new string('k', 129))).Status, Is.EqualTo(400));
        Assert.That(await EventsAsync("moved"), Is.Zero);
    }

    [Test]
    public async Task Of_a_hundred_requests_at_once_under_one_key_one_is_made_and_all_are_answered_alike()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => SendAsync("olga", "c-1/transitions", Triage, "k")));
        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(200));
        Assert.That(answers.Select(a => a.Text).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await EventsAsync("moved"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_refusal_of_the_desk_is_given_again_too_even_when_the_same_would_now_be_allowed()
    {
        const string Inspect = """{"verb":"start-inspection","evidence_version":1}""";
        var refused = await SendAsync("olga", "c-1/transitions", Inspect, "k");
        await SendAsync("olga", "c-1/transitions", Triage, null);
        var again = await SendAsync("olga", "c-1/transitions", Inspect, "k");
        Assert.That((refused.Status, again.Status), Is.EqualTo((422, 422)));
        Assert.That(Detail(again.Text), Is.EqualTo(Detail(refused.Text)));
        Assert.That((await SendAsync("olga", "c-1/transitions", Inspect, "k-2")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task The_answer_outlives_the_process()
    {
        var first = await SendAsync("olga", "c-1/transitions", Triage, "k");
        await _host.RestartAsync(() => Task.CompletedTask);
        Assert.That((await SendAsync("olga", "c-1/transitions", Triage, "k")).Text, Is.EqualTo(first.Text));
        Assert.That(await EventsAsync("moved"), Is.EqualTo(1));
    }

    [Test]
    public async Task Many_moves_under_one_key_are_each_made_once()
    {
        await _host.Desk.ConsiderAsync(Sample.Finding("m-18", "s-5", Verdict.Case), CancellationToken.None);
        const string Moves = """{"moves":[{"id":"c-1","verb":"triage","evidence_version":1},{"id":"c-2","verb":"triage","evidence_version":7},{"id":"c-2","verb":"triage","evidence_version":1}]}""";
        var first = await SendAsync("olga", "transitions", Moves, "k");
        var again = await SendAsync("olga", "transitions", Moves, "k");
        Assert.That(first.Status, Is.EqualTo(200));
        using var body = JsonDocument.Parse(first.Text);
        Assert.That(body.RootElement.EnumerateArray().Select(m => m.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 200, 409, 200 }));
        using var second = JsonDocument.Parse(again.Text);
        Assert.That(second.RootElement[0].GetRawText(), Is.EqualTo(body.RootElement[0].GetRawText()));
        Assert.That(second.RootElement[2].GetRawText(), Is.EqualTo(body.RootElement[2].GetRawText()));
        Assert.That(second.RootElement[1].GetProperty("status").GetInt32(), Is.EqualTo(409));
        Assert.That(await EventsAsync("moved"), Is.EqualTo(1));
        Assert.That((await SendAsync("olga", "transitions", Moves, null, "\"1\"")).Status, Is.EqualTo(400), "If-Match is of one case");
    }

    [Test]
    public async Task A_case_that_is_known_is_304_until_something_happens_to_it()
    {
        var tag = (await GetAsync("c-1", null)).Tag!;
        Assert.That(tag, Does.StartWith("\"").And.EndWith("\""));
        Assert.That((await GetAsync("c-1", tag)).Status, Is.EqualTo(304));
        Assert.That((await GetAsync("c-1", "\"0\", W/" + tag)).Status, Is.EqualTo(304));
        Assert.That((await GetAsync("c-1", "*")).Status, Is.EqualTo(304));
        Assert.That((await GetAsync("c-1", "nonsense")).Status, Is.EqualTo(200));
        await SendAsync("olga", "c-1/notes", """{"note":"New."}""", null);
        var (status, now, _) = await GetAsync("c-1", tag);
        Assert.That((status, now == tag), Is.EqualTo((200, false)));
    }

    [Test]
    public async Task A_change_of_a_case_that_is_no_longer_what_the_caller_saw_is_412_and_leaves_it()
    {
        var tag = (await GetAsync("c-1", null)).Tag!;
        Assert.That((await SendAsync("olga", "c-1/notes", """{"note":"One."}""", null, tag)).Status, Is.EqualTo(200));
        var late = await SendAsync("olga", "c-1/transitions", Triage, "k", tag);
        Assert.That(late.Status, Is.EqualTo(412));
        Assert.That((await SendAsync("olga", "c-1/transitions", Triage, null, "W/" + (await GetAsync("c-1", null)).Tag)).Status, Is.EqualTo(412), "a weak tag is no promise");
        Assert.That((await SendAsync("olga", "c-1/transitions", Triage, null, "nonsense")).Status, Is.EqualTo(412));
        Assert.That(await EventsAsync("moved"), Is.Zero);
        Assert.That((await SendAsync("olga", "c-1/transitions", Triage, "k", (await GetAsync("c-1", null)).Tag)).Status, Is.EqualTo(200), "the key was not spent on what was not asked of the desk");
        Assert.That((await SendAsync("olga", "c-1/notes", """{"note":"Any."}""", null, "*")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Of_fifty_changes_at_once_of_the_same_version_one_is_made()
    {
        var tag = (await GetAsync("c-1", null)).Tag!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => SendAsync("olga", "c-1/notes", $$"""{"note":"{{i}}"}""", null, tag)));
        Assert.That(answers.Count(a => a.Status == 200), Is.EqualTo(1));
        Assert.That(answers.Count(a => a.Status == 412), Is.EqualTo(49));
        Assert.That(await EventsAsync("noted"), Is.EqualTo(1));
    }

    [Test]
    public async Task Pages_of_cases_and_of_the_chain_lead_from_one_to_the_next_and_end()
    {
        foreach (var i in Enumerable.Range(2, 6))
        {
            await _host.Desk.ConsiderAsync(Sample.Finding($"m-{i}", $"site {i}", Verdict.Case), CancellationToken.None);
        }

        Assert.That(await WalkAsync("/api/v1/cases?state=open&limit=3", c => c.GetProperty("id").GetString()!), Is.EqualTo(Enumerable.Range(1, 7).Reverse().Select(i => $"c-{i}")));
        Assert.That(await WalkAsync("/api/v1/cases?limit=7", c => c.GetProperty("id").GetString()!), Has.Count.EqualTo(7));
        Assert.That(
            await WalkAsync("/api/v1/audit?limit=4", l => l.GetProperty("sequence").GetInt64().ToString(CultureInfo.InvariantCulture)),
            Is.EqualTo(Enumerable.Range(1, 14).Select(i => i.ToString(CultureInfo.InvariantCulture))));
        using var client = _host.Client("aud");
        Assert.That(await client.StatusAsync("/api/v1/audit?limit=0"), Is.EqualTo(400));
        Assert.That(await client.StatusAsync("/api/v1/audit?after=-1"), Is.EqualTo(400));
    }

    [Test]
    public async Task The_document_names_the_headers_of_every_call_that_changes_a_case_with_an_example()
    {
        using var client = _host.Client("aud");
        var paths = (await client.GetJsonAsync("/openapi/v1.json")).GetProperty("paths");
        foreach (var path in paths.EnumerateObject().Where(p => p.Name.StartsWith("/api/v1/cases", StringComparison.Ordinal) && p.Value.TryGetProperty("post", out _)))
        {
            var call = path.Value.GetProperty("post");
            var headers = call.GetProperty("parameters").EnumerateArray().Where(p => p.GetProperty("in").GetString() == "header").ToList();
            Assert.That(headers.Select(h => h.GetProperty("name").GetString()), Does.Contain("Idempotency-Key"), path.Name);
            Assert.That(headers.All(h => h.TryGetProperty("example", out _)), Is.True, path.Name);
            Assert.That(call.GetProperty("responses").GetProperty("200").GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _), Is.True, path.Name);
            Assert.That(call.GetProperty("responses").Names(), Does.Contain("422"), path.Name);
        }

        var get = paths.GetProperty("/api/v1/cases/{id}").GetProperty("get");
        Assert.That(get.GetProperty("responses").Names(), Does.Contain("304"));
        Assert.That(get.GetProperty("responses").GetProperty("200").GetProperty("headers").Names(), Does.Contain("ETag"));
        Assert.That(paths.GetProperty("/api/v1/audit").GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("headers").Names(), Does.Contain("Link"));
    }

    private static string Detail(string problem)
    {
        using var document = JsonDocument.Parse(problem);
        return document.RootElement.GetProperty("detail").GetString()!;
    }

    private async Task<List<string>> WalkAsync(string path, Func<JsonElement, string> nameOf)
    {
        using var client = _host.Client("aud");
        var names = new List<string>();
        for (string? next = path; next is not null;)
        {
            using var answer = await client.GetAsync(new Uri(next, UriKind.Relative));
            names.AddRange((await answer.JsonAsync()).EnumerateArray().Select(nameOf));
            next = answer.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }

        return names;
    }

    private async Task<int> EventsAsync(string kind)
    {
        using var client = _host.Client("aud");
        return (await client.GetJsonAsync("/api/v1/cases/c-1")).GetProperty("events").EnumerateArray().Count(e => e.GetProperty("kind").GetString() == kind);
    }

    private async Task<(int Status, string? Tag, string Text)> GetAsync(string id, string? known)
    {
        using var client = _host.Client("olga");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/cases/{id}");
        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, answer.Headers.ETag?.ToString(), await answer.Content.ReadAsStringAsync());
    }

    private async Task<(int Status, string? Tag, string Text)> SendAsync(string person, string path, string json, string? key, string? version = null)
    {
        using var client = _host.Client(person);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cases/{path}") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, answer.Headers.ETag?.ToString(), await answer.Content.ReadAsStringAsync());
    }
}
