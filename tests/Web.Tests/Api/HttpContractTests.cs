// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using System.Text.Json;
using Detector.Metering;
using Detector.Pipeline;

namespace Detector.Web.Tests.Api;

/// <summary>The HTTP table of the contract, line by line; cases have a file of their own.</summary>
[TestFixture]
internal sealed class HttpContractTests
{
    private WebHost _host = null!;
    private HttpClient _reader = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _host = await WebHost.StartAsync();
        _host.Registry.Replace(new SiteRegistry(
        [
            Sample.Registration("m-17", "s-4", "Tianshui Hall 2"), Sample.Registration("m-18", "s-5", "Harbour Offices", DeclaredUse.Commercial),
        ]));
        _host.Timeline.Add(Sample.Load("m-17", 20));
        await _host.Desk.ConsiderAsync(Sample.Finding("m-17", "s-4", Verdict.Watch, 0.6, 20), CancellationToken.None);
        await _host.Desk.ConsiderAsync(Sample.Finding("m-99", "s-99", Verdict.Insufficient), CancellationToken.None);
        _reader = _host.Client("aud");
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        _reader.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task Liveness_needs_no_token()
    {
        using var anybody = _host.Client();
        Assert.That((await anybody.GetJsonAsync("/health/live")).GetProperty("status").GetString(), Is.EqualTo("live"));
    }

    [Test]
    public async Task Readiness_names_each_part_and_is_503_when_one_is_not_ready()
    {
        var ready = await _reader.GetJsonAsync("/health/ready");
        Assert.That(ready.GetProperty("status").GetString(), Is.EqualTo("ready"));
        Assert.That(ready.GetProperty("parts").EnumerateArray().Select(p => p.GetProperty("part").GetString()), Is.EqualTo(new[] { "journal", "timeline" }));

        _host.Pipeline.States.Add(new PartState("queue", false, "no connection"));
        using var answer = await _reader.GetAsync(new Uri("/health/ready", UriKind.Relative));
        _host.Pipeline.States.RemoveAt(2);
        Assert.That((int)answer.StatusCode, Is.EqualTo(503));
        Assert.That((await answer.JsonAsync()).GetProperty("parts")[2].GetProperty("detail").GetString(), Is.EqualTo("no connection"));
    }

    [Test]
    public async Task Readiness_needs_no_token_and_says_details_to_readers_only()
    {
        using var anybody = _host.Client();
        _host.Pipeline.States.Add(new PartState("queue", false, "amqp://10.0.0.7 does not answer"));
        using var answer = await anybody.GetAsync(new Uri("/health/ready", UriKind.Relative));
        anybody.DefaultRequestHeaders.Authorization = new("Bearer", "not-a-token");
        using var wrong = await anybody.GetAsync(new Uri("/health/ready", UriKind.Relative));
        _host.Pipeline.States.RemoveAt(2);
        var body = await answer.JsonAsync();
        Assert.That(((int)answer.StatusCode, (int)wrong.StatusCode), Is.EqualTo((503, 503)));
        Assert.That(body.GetProperty("status").GetString(), Is.EqualTo("not_ready"));
        Assert.That(body.GetProperty("parts").EnumerateArray().Select(p => string.Join(' ', p.Names())), Is.All.EqualTo("part ready"));
        Assert.That((await wrong.JsonAsync()).GetProperty("parts")[2].Names(), Is.EqualTo(new[] { "part", "ready" }));
    }

    [Test]
    public async Task Ledger_has_six_counts_and_the_first_is_the_sum_of_the_others()
    {
        var ledger = await _reader.GetJsonAsync("/api/v1/ledger");
        Assert.That(ledger.Names(), Is.EqualTo(new[] { "received", "stored", "duplicate", "quarantined", "dead_lettered", "pending" }));
        var counts = ledger.EnumerateObject().Select(p => p.Value.GetInt64()).ToArray();
        Assert.That(counts[0], Is.EqualTo(counts[1..].Sum()));
    }

    [Test]
    public async Task Dead_letters_are_listed_with_reason_topic_time_and_bytes_and_replayed_by_an_operator()
    {
        _host.Pipeline.Letters.AddRange(
        [
            new DeadLetter(1, 10, Sample.Start, "meters/m-1", Encoding.UTF8.GetBytes(Sample.Injection), "It is no JSON.", "malformed", 0, "open"),
            new DeadLetter(2, 11, Sample.Start, "meters/m-1", [0xff, 0x00], "It is no text.", "malformed", 0, "open"),
        ]);
        var letters = await _reader.GetJsonAsync("/api/v1/dead-letters");
        Assert.That(letters.GetArrayLength(), Is.EqualTo(2));
        Assert.That(letters[0].GetProperty("topic").GetString(), Is.EqualTo("meters/m-1"));
        Assert.That(letters[0].GetProperty("reason").GetString(), Is.EqualTo("It is no JSON."));
        Assert.That(letters[0].GetProperty("time").GetString(), Is.EqualTo("2026-01-01T00:00:00Z"));
        Assert.That(letters[0].GetProperty("payload_text").GetString(), Is.EqualTo(Sample.Injection));
        Assert.That(letters[1].GetProperty("bytes").GetInt32(), Is.EqualTo(2));
        Assert.That(letters[1].GetProperty("payload_base64").GetString(), Is.EqualTo("/wA="));

        using var operates = _host.Client("olga");
        Assert.That((await _reader.PostAsync("/api/v1/dead-letters/replay", "{}")).Status, Is.EqualTo(403), "an auditor changes nothing");
        var one = await operates.PostAsync("/api/v1/dead-letters/replay", """{"ids":[2]}""");
        Assert.That((one.Status, one.Body.GetProperty("replayed").GetInt32()), Is.EqualTo((200, 1)));
        using var all = await operates.PostAsync(new Uri("/api/v1/dead-letters/replay", UriKind.Relative), null);
        Assert.That((int)all.StatusCode, Is.EqualTo(200), "an empty body replays all");
        Assert.That(_host.Pipeline.Replays, Has.Count.EqualTo(2));
        Assert.That(_host.Pipeline.Replays[1], Is.Null);
    }

    [Test]
    public async Task Quarantine_is_listed_with_rule_and_reason_and_judged_again_for_an_operator()
    {
        var absent = new Reading(MeterId.Of("m-18"), Sample.Start) { PowerKilowatts = double.NaN };
        _host.Pipeline.Held.AddRange(
        [
            new QuarantinedReading(1, 12, 0, absent with { PowerKilowatts = 2e7 }, "implausible_magnitude", "Too much."),
            new QuarantinedReading(2, 13, 0, absent, "no_quantity", "No quantity was given."),
        ]);
        var held = await _reader.GetJsonAsync("/api/v1/quarantine");
        Assert.That((held.GetArrayLength(), held[0].GetProperty("meter").GetString(), held[0].GetProperty("ts").GetString()), Is.EqualTo((2, "m-18", "2026-01-01T00:00:00Z")));
        Assert.That((held[0].GetProperty("kw").GetDouble(), held[1].GetProperty("kw").ValueKind, held[1].GetProperty("rule").GetString()), Is.EqualTo((2e7, JsonValueKind.Null, "no_quantity")));
        Assert.That((await _reader.GetJsonAsync("/api/v1/quarantine?after=1")).GetArrayLength(), Is.EqualTo(1));
        Assert.That(await _reader.StatusAsync("/api/v1/quarantine?limit=0"), Is.EqualTo(400));

        using var operates = _host.Client("olga");
        Assert.That((await operates.PostAsync("/api/v1/quarantine/release", """{"meter":"a/b"}""")).Status, Is.EqualTo(400));
        var (status, body) = await operates.PostAsync("/api/v1/quarantine/release", """{"ids":[1],"rule":"implausible_magnitude","meter":"m-18"}""");
        Assert.That((status, body.GetProperty("released").GetInt64(), body.GetProperty("still_held").GetInt64()), Is.EqualTo((200, 1L, 0L)));
        var (choice, by) = _host.Pipeline.Releases.Single();
        Assert.That((choice.Rule, choice.Meter, by), Is.EqualTo(("implausible_magnitude", (MeterId?)MeterId.Of("m-18"), "olga")));
    }

    [Test]
    public async Task Readings_are_an_array_of_ts_kw_and_quality_in_the_range_asked_for()
    {
        var rows = await _reader.GetJsonAsync("/api/v1/meters/m-17/readings?from=2026-01-02T00:00:00Z&to=2026-01-02T01:00:00Z");
        Assert.That(rows.GetArrayLength(), Is.EqualTo(4));
        Assert.That(rows[0].Names().Take(3), Is.EqualTo(new[] { "ts", "kw", "quality" }));
        Assert.That(rows[0].GetProperty("ts").GetString(), Is.EqualTo("2026-01-02T00:00:00Z"));
        Assert.That(rows[0].GetProperty("kw").GetDouble(), Is.InRange(280, 340));
        var unix = Sample.Start.AddDays(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Assert.That((await _reader.GetJsonAsync($"/api/v1/meters/m-17/readings?from={unix}&to=2026-01-02T02:00:00%2B01:00")).GetArrayLength(), Is.EqualTo(4));
    }

    [Test]
    public async Task Readings_without_a_range_are_the_whole_history()
    {
        var rows = await _reader.GetJsonAsync("/api/v1/meters/m-17/readings");
        var until = await _reader.GetJsonAsync("/api/v1/meters/m-17/readings?to=2026-01-03T00:00:00Z");
        Assert.That((rows.GetArrayLength(), until.GetArrayLength()), Is.EqualTo((20 * 96, 2 * 96)));
        Assert.That(rows[0].GetProperty("ts").GetString(), Is.EqualTo("2026-01-01T00:00:00Z"));
        Assert.That(rows[rows.GetArrayLength() - 1].GetProperty("ts").GetString(), Is.EqualTo("2026-01-20T23:45:00Z"));
        Assert.That(until.GetArrayLength(), Is.EqualTo(2 * 96));
    }

    [Test]
    public async Task Patterns_are_of_the_window_asked_for_in_the_zone_of_the_site()
    {
        var patterns = await _reader.GetJsonAsync("/api/v1/meters/m-17/patterns?from=2026-01-02T16:00:00Z&to=2026-01-09T16:00:00Z");
        Assert.That(patterns.Names(), Is.EqualTo(new[] { "timezone", "window", "hours", "week", "working_day", "weekend", "mean_kilowatts", "reference", "days", "duration" }));
        Assert.That(patterns.GetProperty("timezone").GetString(), Is.EqualTo("Asia/Shanghai"));
        Assert.That(patterns.GetProperty("hours").GetInt32(), Is.EqualTo(7 * 24));
        Assert.That(patterns.GetProperty("week").GetArrayLength(), Is.EqualTo(168));
        Assert.That(patterns.GetProperty("week")[0].Names(), Is.EqualTo(new[] { "low", "median", "high" }));
        Assert.That(patterns.GetProperty("days")[0].GetProperty("day").GetString(), Is.EqualTo("2026-01-03"));
        Assert.That(patterns.GetProperty("duration")[0].GetDouble(), Is.InRange(300, 340));
        Assert.That((await _reader.GetJsonAsync("/api/v1/meters/nobody/patterns")).GetProperty("hours").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task Load_events_are_of_the_days_asked_for_at_most_four_hundred()
    {
        var events = await _reader.GetJsonAsync("/api/v1/meters/m-17/load-events");
        Assert.That(events.Names(), Is.EqualTo(new[] { "timezone", "window", "dips", "steps" }));
        Assert.That(events.GetProperty("timezone").GetString(), Is.EqualTo("Asia/Shanghai"));
        Assert.That(events.GetProperty("window").GetProperty("to").GetString(), Is.EqualTo("2026-01-21T00:00:00Z"));
        Assert.That((await _reader.GetJsonAsync("/api/v1/meters/nobody/load-events")).GetProperty("window").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
    }

    [Test]
    public async Task The_small_picture_is_svg_and_may_be_kept_by_this_browser_alone()
    {
        using var answer = await _reader.GetAsync(new Uri("/api/v1/meters/m-17/spark.svg", UriKind.Relative));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("image/svg+xml"));
        Assert.That(answer.Headers.CacheControl?.ToString(), Is.EqualTo("max-age=300, private"));
        Assert.That(System.Xml.Linq.XDocument.Parse(await answer.Content.ReadAsStringAsync()).Root!.Name.LocalName, Is.EqualTo("svg"));
    }

    [Test]
    public async Task The_fleet_is_exported_with_the_filters_of_the_address()
    {
        using var answer = await _reader.GetAsync(new Uri("/api/v1/fleet.csv?use=commercial", UriKind.Relative));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.That(bytes[..3], Is.EqualTo(Encoding.UTF8.GetPreamble()), "spreadsheets need the mark to read Chinese");
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[1], Does.StartWith("s-5,Harbour Offices,commercial,not_judged,"));
        Assert.That(answer.Content.Headers.ContentDisposition?.FileName, Is.EqualTo("fleet.csv"));
    }

    [TestCase("/api/v1/meters/m-17/patterns?from=2024-01-01T00:00:00Z", 400)]
    [TestCase("/api/v1/meters/m-17/patterns?from=never", 400)]
    [TestCase("/api/v1/meters/m-17/load-events?from=2024-01-01T00:00:00Z", 400)]
    [TestCase("/api/v1/meters/m-17/load-events?to=soon", 400)]
    [TestCase("/api/v1/meters/m-17/load-events?to=0001-06-01T00:00:00Z", 200)]
    [TestCase("/api/v1/meters/m-17/temperatures?to=soon", 400)]
    [TestCase("/api/v1/meters/nobody/temperatures", 200)]
    [TestCase("/api/v1/meters/m-17/energy-signature?from=2024-01-01T00:00:00Z", 400)]
    [TestCase("/api/v1/meters/nobody/energy-signature", 200)]
    [TestCase("/api/v1/meters/m-17/readings?from=0001-01-01T00:00:00Z&to=0001-06-01T00:00:00Z", 200)]
    [TestCase("/api/v1/meters/m-17/readings?to=9999-12-31T00:00:00Z", 200)]
    [TestCase("/api/v1/meters/m-17/readings?to=-100000000000", 400)]
    [TestCase("/api/v1/fleet.csv?verdict=guilty", 400)]
    [TestCase("/api/v1/fleet.csv?sort=colour", 400)]
    [TestCase("/api/v1/meters/nobody/spark.svg", 200)]
    [TestCase("/api/v1/meters/nobody/readings", 200)]
    [TestCase("/api/v1/meters/m-17/readings?from=yesterday", 400)]
    [TestCase("/api/v1/meters/m-17/readings?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", 400)]
    [TestCase("/api/v1/meters/a%2Bb/readings", 400)]
    [TestCase("/api/v1/meters/m-17/series?points=5", 400)]
    [TestCase("/api/v1/dead-letters?limit=0", 400)]
    [TestCase("/api/v1/dead-letters?limit=many", 400)]
    [TestCase("/api/v1/dead-letters/77", 404)]
    [TestCase("/api/v1/sites/unknown", 404)]
    [TestCase("/api/v1/sites?verdict=guilty", 400)]
    [TestCase("/api/v1/cases?state=lost", 400)]
    [TestCase("/api/v1/cases/c-404", 404)]
    [TestCase("/api/v1/cases/c-404/dossier", 404)]
    [TestCase("/api/v1/events?after=x", 400)]
    [TestCase("/api/v1/nothing", 404)]
    public async Task Errors_have_their_status_and_are_problem_details_without_insides(string path, int status)
    {
        using var answer = await _reader.GetAsync(new Uri(path, UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        if (status != 200)
        {
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"));
            Assert.That((await answer.JsonAsync()).GetProperty("status").GetInt32(), Is.EqualTo(status));
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain("Exception").And.Not.Contain("   at "));
        }
    }

    [Test]
    public async Task A_store_that_is_away_is_503_for_readings_and_the_sites_stay()
    {
        _host.Timeline.Away = true;
        try
        {
            Assert.That(await _reader.StatusAsync("/api/v1/meters/m-17/readings"), Is.EqualTo(503));
            Assert.That(await _reader.StatusAsync("/api/v1/meters/m-17/series"), Is.EqualTo(503));
            Assert.That(await _reader.StatusAsync("/api/v1/sites"), Is.EqualTo(200));
        }
        finally
        {
            _host.Timeline.Away = false;
        }
    }

    [TestCase(4000, 1920, 0u)]
    [TestCase(300, 300, 1u)]
    public async Task Series_holds_every_reading_or_the_lowest_and_highest_of_buckets(int points, int most, uint bucketed)
    {
        var bytes = await _reader.GetByteArrayAsync(new Uri($"/api/v1/meters/m-17/series?points={points}", UriKind.Relative));
        var count = (int)BitConverter.ToUInt32(bytes, 0);
        Assert.That(BitConverter.ToUInt32(bytes, 4), Is.EqualTo(bucketed));
        Assert.That(bytes, Has.Length.EqualTo(8 + (20 * count)));
        Assert.That(count, Is.GreaterThan(most / 3).And.LessThanOrEqualTo(most));
        var seconds = Enumerable.Range(0, count).Select(i => BitConverter.ToDouble(bytes, 8 + (8 * i))).ToArray();
        Assert.That(seconds, Is.Ordered.Ascending.And.Unique);
        var low = Enumerable.Range(0, count).Select(i => BitConverter.ToSingle(bytes, 8 + (8 * count) + (4 * i))).Min();
        var high = Enumerable.Range(0, count).Select(i => BitConverter.ToSingle(bytes, 8 + (12 * count) + (4 * i))).Max();
        var real = Sample.Load("m-17", 20).Select(r => (float)r.PowerKilowatts).ToArray();
        Assert.That((low, high), Is.EqualTo((real.Min(), real.Max())), "folding keeps the extremes");
    }

    [Test]
    public async Task Sites_list_the_register_and_whoever_was_judged_or_published()
    {
        var sites = await _reader.GetJsonAsync("/api/v1/sites");
        Assert.That(sites.EnumerateArray().Select(s => s.GetProperty("site").GetString()), Is.EqualTo(new[] { "s-4", "s-99", "s-5" }), "what needs attention first");
        Assert.That(sites[0].GetProperty("verdict").GetString(), Is.EqualTo("watch"));
        Assert.That(sites[0].GetProperty("declared_use").GetString(), Is.EqualTo("colocation"));
        Assert.That(sites[2].GetProperty("verdict").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        Assert.That((await _reader.GetJsonAsync("/api/v1/sites?verdict=insufficient")).GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task What_must_be_expected_to_be_false_is_said_of_the_present_verdicts()
    {
        var statement = await _reader.GetJsonAsync("/api/v1/false-discovery");
        Assert.That(statement.GetProperty("judged").GetInt32(), Is.EqualTo(1), "the insufficient site does not count");
        Assert.That(statement.GetProperty("cases").GetInt32(), Is.Zero);
        Assert.That(statement.GetProperty("bound").GetDouble(), Is.Zero);
        Assert.That(statement.GetProperty("text_zh").GetString(), Does.Contain("立案"));
    }

    [Test]
    public async Task A_site_gives_registry_verdict_evidence_and_history()
    {
        var site = await _reader.GetJsonAsync("/api/v1/sites/s-4");
        Assert.That(site.GetProperty("verdict").GetString(), Is.EqualTo("watch"));
        Assert.That(site.GetProperty("registry")[0].GetProperty("contracted_kw").GetDouble(), Is.EqualTo(800));
        Assert.That(site.GetProperty("history")[0].GetProperty("verdict").GetString(), Is.EqualTo("watch"));
        var finding = site.GetProperty("evidence")[0];
        Assert.That(finding.GetRawText(), Is.EqualTo(FindingJson.Write(Sample.Finding("m-17", "s-4", Verdict.Watch, 0.6, 20))), "evidence has the shape of score --format json");
    }

    [Test]
    public async Task The_audit_chain_can_be_verified()
    {
        var state = await _reader.GetJsonAsync("/api/v1/audit/verify");
        Assert.That(state.GetProperty("intact").GetBoolean(), Is.True);
        Assert.That(state.GetProperty("rows").GetInt64(), Is.EqualTo(2));
    }

    [Test]
    public async Task Webhooks_are_listed_with_what_is_parked_and_replayed_by_an_operator()
    {
        var listed = (await _reader.GetJsonAsync("/api/v1/webhooks"))[0];
        Assert.That(listed.Names(), Is.EqualTo(new[] { "endpoint", "position", "waiting", "parked" }));
        Assert.That((listed.GetProperty("waiting").GetInt64(), listed.GetProperty("parked").GetInt64()), Is.EqualTo((2, 0)));
        Assert.That((await _reader.GetJsonAsync("/api/v1/webhooks/crm/parked")).GetArrayLength(), Is.Zero);
        Assert.That(await _reader.StatusAsync("/api/v1/webhooks/none/parked"), Is.EqualTo(404));
        Assert.That(await _reader.StatusAsync("/api/v1/webhooks/crm/parked?limit=0"), Is.EqualTo(400));
        using var operates = _host.Client("olga");
        Assert.That((await _reader.PostAsync("/api/v1/webhooks/crm/replay", "{}")).Status, Is.EqualTo(403));
        Assert.That((await operates.PostAsync("/api/v1/webhooks/none/replay", "{}")).Status, Is.EqualTo(404));
        Assert.That((await operates.PostAsync("/api/v1/webhooks/crm/replay", """{"subjects":["c-1"]}""")).Body.GetProperty("events").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task OpenApi_lists_every_call_with_a_summary()
    {
        var document = await _reader.GetJsonAsync("/openapi/v1.json");
        var paths = document.GetProperty("paths");
        string[] calls =
        [
            "/health/live", "/health/ready", "/metrics", "/api/v1/ledger", "/api/v1/dead-letters", "/api/v1/dead-letters/replay", "/api/v1/meters/{meter}/readings",
            "/api/v1/sites", "/api/v1/sites/{site}", "/api/v1/cases", "/api/v1/cases/{id}", "/api/v1/cases/{id}/transitions", "/api/v1/cases/{id}/dossier",
            "/api/v1/audit/verify", "/api/v1/events",
        ];
        Assert.That(paths.Names(), Is.SupersetOf(calls));
        foreach (var operation in paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject()))
        {
            Assert.That(operation.Value.GetProperty("summary").GetString(), Is.Not.Empty);
        }

        var move = paths.GetProperty("/api/v1/cases/{id}/transitions").GetProperty("post");
        Assert.That(move.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example").GetProperty("verb").GetString(), Is.EqualTo("triage"));
        Assert.That(move.GetProperty("responses").Names(), Is.SupersetOf(new[] { "200", "403", "404", "409", "422" }));
    }
}
