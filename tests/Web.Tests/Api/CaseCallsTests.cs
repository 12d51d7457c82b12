// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Detector.Metering;

namespace Detector.Web.Tests.Api;

/// <summary>Cases over HTTP: reading, moving, refusing, events.</summary>
[TestFixture]
internal sealed class CaseCallsTests
{
    private WebHost _host = null!;

    [SetUp]
    public async Task Start()
    {
        _host = await WebHost.StartAsync();
        _host.Timeline.Add(Sample.Load("m-17", 2));
        await _host.Desk.ConsiderAsync(Sample.Finding("m-17", "s-4", Verdict.Case), CancellationToken.None);
    }

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task A_case_is_listed_and_shown_in_the_shape_of_the_contract()
    {
        using var reader = _host.Client("aud");
        var listed = (await reader.GetJsonAsync("/api/v1/cases?state=screened"))[0];
        Assert.That(listed.Names(), Is.SupersetOf(new[] { "id", "site", "state", "opened", "evidence_version", "verdict", "reasons" }));
        Assert.That((await reader.GetJsonAsync("/api/v1/cases?state=closed")).GetArrayLength(), Is.Zero);
        Assert.That((await reader.GetJsonAsync("/api/v1/cases?state=open")).GetArrayLength(), Is.EqualTo(1));

        var shown = await reader.GetJsonAsync($"/api/v1/cases/{listed.GetProperty("id").GetString()}");
        Assert.That(shown.Names(), Is.SupersetOf(listed.Names()));
        Assert.That(shown.GetProperty("state").GetString(), Is.EqualTo("screened"));
        Assert.That(shown.GetProperty("verdict").GetString(), Is.EqualTo("case"));
        Assert.That(shown.GetProperty("opened").GetString(), Does.EndWith("Z"));
        Assert.That(shown.GetProperty("moves")[0].GetProperty("verb").GetString(), Is.EqualTo("triage"));
        Assert.That(shown.GetProperty("moves")[0].GetProperty("mine").GetBoolean(), Is.False, "an auditor moves nothing");
    }

    [Test]
    public async Task Moves_answer_200_403_404_409_422_and_400()
    {
        Assert.That((await MoveAsync(null, "triage", 1)).Status, Is.EqualTo(401));
        Assert.That((await MoveAsync("aud", "triage", 1)).Status, Is.EqualTo(403));
        Assert.That((await MoveAsync("ana", "triage", 1)).Status, Is.EqualTo(403));
        Assert.That((await MoveAsync("olga", "triage", 9)).Status, Is.EqualTo(409));
        Assert.That((await MoveAsync("olga", "confirm", 1)).Status, Is.EqualTo(422));
        Assert.That((await MoveAsync("olga", "levitate", 1)).Status, Is.EqualTo(422));
        Assert.That((await MoveAsync("olga", "triage", 1, id: "c-404")).Status, Is.EqualTo(404));
        using var client = _host.Client("olga");
        Assert.That((await client.PostAsync("/api/v1/cases/c-1/transitions", """{"verb":"triage"}""")).Status, Is.EqualTo(400));
        Assert.That((await client.PostAsync("/api/v1/cases/c-1/transitions", "{nonsense")).Status, Is.EqualTo(400));
        Assert.That((await client.PostAsync("/api/v1/cases/c-1/transitions", $$"""{"verb":"triage","evidence_version":1,"note":"{{new string('x', 70_000)}}"}""")).Status, Is.EqualTo(413));

        var (status, body) = await MoveAsync("olga", "triage", 1);
        Assert.That(status, Is.EqualTo(200));
        Assert.That(body.GetProperty("state").GetString(), Is.EqualTo("triaged"));
        Assert.That(body.GetProperty("outcome").GetString(), Is.EqualTo("moved"));
    }

    [Test]
    public async Task Confirmation_takes_two_people_and_the_evidence_that_was_proposed_on()
    {
        await MoveAsync("olga", "triage", 1);
        await MoveAsync("olga", "start-inspection", 1);
        Assert.That((await MoveAsync("olga", "confirm", 1)).Body.GetProperty("outcome").GetString(), Is.EqualTo("proposed"));
        Assert.That((await MoveAsync("olga", "confirm", 1)).Status, Is.EqualTo(403), "the same person twice");

        await _host.Desk.ConsiderAsync(Sample.Finding("m-17", "s-4", Verdict.Case, 0.80, 95), CancellationToken.None);
        Assert.That((await MoveAsync("sun", "confirm", 1)).Status, Is.EqualTo(409), "the evidence changed");
        Assert.That((await MoveAsync("sun", "confirm", 2)).Status, Is.EqualTo(409), "the proposal was made on the old evidence");
        await MoveAsync("olga", "confirm", 2);
        var (status, body) = await MoveAsync("sun", "confirm", 2);
        Assert.That((status, body.GetProperty("state").GetString()), Is.EqualTo((200, "confirmed")));
    }

    [Test]
    public async Task Cases_are_assigned_noted_put_off_and_moved_in_bulk()
    {
        using var client = _host.Client("olga");
        using var auditor = _host.Client("aud");
        Assert.That((await client.PostAsync("/api/v1/cases/c-1/assignment", """{"assignee":"nobody-of-ours"}""")).Status, Is.EqualTo(400));
        Assert.That((await auditor.PostAsync("/api/v1/cases/c-1/assignment", """{"assignee":"sun"}""")).Status, Is.EqualTo(403));
        Assert.That((await client.PostAsync("/api/v1/cases/c-1/assignment", """{"assignee":"sun"}""")).Body.GetProperty("assignee").GetString(), Is.EqualTo("sun"));
        Assert.That((await client.GetJsonAsync("/api/v1/cases?assignee=sun")).GetArrayLength(), Is.EqualTo(1));
        Assert.That((await client.PostAsync("/api/v1/cases/c-1/notes", """{"note":"Seen."}""")).Body.GetProperty("outcome").GetString(), Is.EqualTo("recorded"));
        Assert.That((await client.PostAsync("/api/v1/cases/c-1/notes", "{}")).Status, Is.EqualTo(400));
        Assert.That((await client.PostAsync("/api/v1/cases/c-1/snooze", """{"note":"why"}""")).Status, Is.EqualTo(400));
        var until = UtcText.Write(DateTimeOffset.UnixEpoch.AddSeconds(Math.Floor((TimeProvider.System.GetUtcNow().AddDays(3) - DateTimeOffset.UnixEpoch).TotalSeconds)));
        var (_, body) = await client.PostAsync("/api/v1/cases/c-1/snooze", JsonSerializer.Serialize(new { until, note = "why" }));
        Assert.That(body.GetProperty("snoozed_until").GetString(), Is.EqualTo(until));
        Assert.That((await client.PostAsync("/api/v1/cases/c-1/wake", "{}")).Body.GetProperty("snoozed_until").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That((await client.PostAsync("/api/v1/cases/c-1/wake", "{}")).Status, Is.EqualTo(400), "it is not put off");

        var (status, moved) = await client.PostAsync(
            "/api/v1/cases/transitions",
            """{"moves":[{"id":"c-1","verb":"triage","evidence_version":1},{"id":"c-1","verb":"triage","evidence_version":1},{"id":"c-77","verb":"triage","evidence_version":1},{"id":"c-1","verb":"start-inspection","evidence_version":8}]}""");
        Assert.That(status, Is.EqualTo(200));
        Assert.That(moved.EnumerateArray().Select(m => m.GetProperty("status").GetInt32()), Is.EqualTo(new[] { 200, 422, 404, 409 }));
        Assert.That((await client.PostAsync("/api/v1/cases/transitions", """{"moves":[]}""")).Status, Is.EqualTo(400));
        Assert.That((await client.PostAsync("/api/v1/cases/transitions", """{"moves":[null]}""")).Status, Is.EqualTo(400));
        Assert.That((await auditor.PostAsync("/api/v1/cases/transitions", """{"moves":[{"id":"c-1","verb":"start-inspection","evidence_version":1}]}""")).Body[0].GetProperty("status").GetInt32(), Is.EqualTo(403));
    }

    [Test]
    public async Task An_inspection_is_ordered_as_a_file_with_the_report_to_fill_in()
    {
        using var client = _host.Client("olga");
        Assert.That(await client.StatusAsync("/api/v1/cases/c-404/inspection-order"), Is.EqualTo(404));
        Assert.That(await client.StatusAsync("/api/v1/cases/c-1/inspection-order"), Is.EqualTo(422));
        await MoveAsync("olga", "triage", 1);
        await MoveAsync("olga", "start-inspection", 1);
        var order = await client.GetJsonAsync("/api/v1/cases/c-1/inspection-order");
        Assert.That((order.GetProperty("case").GetString(), order.GetProperty("ordered_by").GetString()), Is.EqualTo(("c-1", "olga")));
        Assert.That(order.GetProperty("report").Names(), Is.SupersetOf(new[] { "reference", "inspected", "inspector", "location", "meters", "outcome", "machines", "checklist" }));
        Assert.That(order.GetProperty("meters")[0].GetProperty("meter").GetString(), Is.EqualTo("m-17"));
    }

    [Test]
    public async Task Two_cases_are_merged_and_split_again()
    {
        await _host.Desk.ConsiderAsync(Sample.Finding("m-19", "s-6", Verdict.Case), CancellationToken.None);
        using var client = _host.Client("olga");
        const string Merge = """{"into":"c-1","evidence_version":1,"into_evidence_version":1,"note":"one lease"}""";
        Assert.That((await client.PostAsync("/api/v1/cases/c-2/merge", """{"into":"c-1","evidence_version":1,"note":"one lease"}""")).Status, Is.EqualTo(400));
        Assert.That((await client.PostAsync("/api/v1/cases/c-2/merge", Merge.Replace("c-1", "c-2", StringComparison.Ordinal))).Status, Is.EqualTo(422));
        Assert.That((await client.PostAsync("/api/v1/cases/c-2/merge", Merge.Replace("\"evidence_version\":1", "\"evidence_version\":2", StringComparison.Ordinal))).Status, Is.EqualTo(409));
        Assert.That((await client.PostAsync("/api/v1/cases/c-2/split", """{"into_evidence_version":1,"note":"two leases"}""")).Status, Is.EqualTo(422));
        using (var auditor = _host.Client("aud"))
        {
            Assert.That((await auditor.PostAsync("/api/v1/cases/c-2/merge", Merge)).Status, Is.EqualTo(403));
        }

        var (status, merged) = await client.PostAsync("/api/v1/cases/c-2/merge", Merge);
        Assert.That((status, merged.GetProperty("state").GetString(), merged.GetProperty("merged_into").GetString()), Is.EqualTo((200, "merged", "c-1")));
        var leading = await client.GetJsonAsync("/api/v1/cases/c-1");
        Assert.That((leading.GetProperty("merged")[0].GetProperty("case").GetString(), leading.GetProperty("evidence_version").GetInt64()), Is.EqualTo(("c-2", 2L)));
        Assert.That((await client.GetJsonAsync("/api/v1/cases?state=open")).EnumerateArray().Select(c => c.GetProperty("id").GetString()), Is.EqualTo(new[] { "c-1" }));
        Assert.That((await client.PostAsync("/api/v1/cases/c-2/split", """{"note":"two leases"}""")).Status, Is.EqualTo(400));
        var (split, back) = await client.PostAsync("/api/v1/cases/c-2/split", """{"into_evidence_version":2,"note":"two leases"}""");
        Assert.That((split, back.GetProperty("state").GetString(), back.GetProperty("merged_into").ValueKind), Is.EqualTo((200, "screened", JsonValueKind.Null)));
    }

    [Test]
    public async Task Notes_are_kept_as_they_are_and_answered_as_json_text()
    {
        var (status, _) = await MoveAsync("olga", "triage", 1, Sample.Injection);
        Assert.That(status, Is.EqualTo(200));
        using var reader = _host.Client("aud");
        using var answer = await reader.GetAsync(new Uri("/api/v1/cases/c-1", UriKind.Relative));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/json"));
        Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        var events = (await answer.JsonAsync()).GetProperty("events");
        Assert.That(events[events.GetArrayLength() - 1].GetProperty("why").GetString(), Is.EqualTo(Sample.Injection));
    }

    [Test]
    public async Task The_dossier_is_a_file_that_is_the_same_each_time()
    {
        using var reader = _host.Client("aud");
        var once = await reader.GetByteArrayAsync(new Uri("/api/v1/cases/c-1/dossier", UriKind.Relative));
        var again = await reader.GetByteArrayAsync(new Uri("/api/v1/cases/c-1/dossier", UriKind.Relative));
        Assert.That(again, Is.EqualTo(once));
        using var zip = new ZipArchive(new MemoryStream(once));
        Assert.That(zip.Entries.Select(e => e.FullName), Does.Contain("case.json").And.Contain("readings/m-17.csv"));
    }

    [Test]
    public async Task Events_come_from_the_oldest_and_resume_after_the_last_one_seen()
    {
        var first = await EventsAsync(null, 2);
        Assert.That(first.Select(e => e.Type), Is.EqualTo(new[] { "detector.site.verdict", "detector.case.opened" }));
        Assert.That(first[1].Data.GetProperty("specversion").GetString(), Is.EqualTo("1.0"));
        Assert.That(first[1].Data.GetProperty("subject").GetString(), Is.EqualTo("c-1"));

        var waiting = EventsAsync(first[1].Id, 1);
        await MoveAsync("olga", "triage", 1);
        Assert.That((await waiting)[0].Type, Is.EqualTo("detector.case.transitioned"));
    }

    private async Task<(int Status, JsonElement Body)> MoveAsync(string? person, string verb, long version, string note = "Seen.", string id = "c-1")
    {
        using var client = _host.Client(person);
        return await client.PostAsync($"/api/v1/cases/{id}/transitions", JsonSerializer.Serialize(new { verb, evidence_version = version, note }));
    }

    private async Task<List<(string Id, string Type, JsonElement Data)>> EventsAsync(string? after, int count)
    {
        using var client = _host.Client("aud");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        if (after is not null)
        {
            request.Headers.Add("Last-Event-ID", after);
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(limit.Token), Encoding.UTF8);
        var events = new List<(string, string, JsonElement)>();
        var (id, type) = (string.Empty, string.Empty);
        while (events.Count < count && await lines.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = line[4..];
            }
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                type = line[7..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                using var document = JsonDocument.Parse(line[6..]);
                events.Add((id, type, document.RootElement.Clone()));
            }
        }

        return events;
    }
}
