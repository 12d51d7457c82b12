// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text.Json;
using Detector.Metering;

namespace Detector.Web.Tests.Api;

/// <summary>Measures over HTTP.</summary>
[TestFixture]
internal sealed class MeasureCallsTests
{
    private WebHost _host = null!;

    [SetUp]
    public async Task Start()
    {
        _host = await WebHost.StartAsync();
        _host.Timeline.Add(Sample.Load("m-17", 2));
        await _host.Desk.ConsiderAsync(Sample.Finding("m-17", "s-4", Verdict.Case), CancellationToken.None);
        foreach (var (who, verb) in new[] { ("olga", "triage"), ("olga", "start-inspection"), ("olga", "confirm"), ("sun", "confirm") })
        {
            await PostAsync(who, "transitions", new { verb, evidence_version = 1 });
        }
    }

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task A_measure_is_proposed_by_one_and_approved_by_another()
    {
        Assert.That((await PostAsync(null, "measures", new { kind = "market_exclusion", evidence_version = 1 })).Status, Is.EqualTo(401));
        Assert.That((await PostAsync("aud", "measures", new { kind = "market_exclusion", evidence_version = 1 })).Status, Is.EqualTo(403));
        Assert.That((await PostAsync("olga", "measures", new { kind = "prison", evidence_version = 1 })).Status, Is.EqualTo(400));
        Assert.That((await PostAsync("olga", "measures", new { kind = "market_exclusion", evidence_version = 7 })).Status, Is.EqualTo(409));
        Assert.That((await PostAsync("olga", "measures", new { kind = "exit_plan", evidence_version = 1, exit_plan = new { ceilings = new object?[] { null } } })).Status, Is.EqualTo(400));
        Assert.That((await PostAsync("olga", "measures", new { kind = "market_exclusion", evidence_version = 1 })).Body.GetProperty("outcome").GetString(), Is.EqualTo("proposed"));
        Assert.That((await PostAsync("olga", "measures/1/transitions", new { verb = "approve", evidence_version = 1 })).Status, Is.EqualTo(403));
        Assert.That((await PostAsync("sun", "measures/2/transitions", new { verb = "approve", evidence_version = 1 })).Status, Is.EqualTo(404));
        Assert.That((await PostAsync("sun", "measures/1/transitions", new { verb = "enter", evidence_version = 1 })).Status, Is.EqualTo(422));
        Assert.That((await PostAsync("sun", "measures/1/transitions", new { verb = "approve", evidence_version = 1 })).Status, Is.EqualTo(200));
        using var reader = _host.Client("aud");
        var listed = await reader.GetJsonAsync("/api/v1/cases/c-1/measures");
        Assert.That(listed.GetProperty("category").GetString(), Is.EqualTo("undecided"));
        Assert.That(listed.GetProperty("measures")[0].GetProperty("state").GetString(), Is.EqualTo("in_force"));
        Assert.That(listed.GetProperty("measures")[0].GetProperty("basis_zh").GetString(), Is.EqualTo("通知"));
    }

    [Test]
    public async Task The_surcharge_and_its_readings_agree_and_the_register_is_a_file()
    {
        using var reader = _host.Client("aud");
        var statement = await reader.GetJsonAsync("/api/v1/cases/c-1/surcharge");
        var yuan = statement.GetProperty("yuan");
        Assert.That(yuan.GetProperty("high").GetDecimal(), Is.GreaterThanOrEqualTo(yuan.GetProperty("low").GetDecimal()));
        Assert.That(statement.GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("yuan").GetProperty("high").GetDecimal()), Is.EqualTo(yuan.GetProperty("high").GetDecimal()));
        var csv = await reader.GetStringAsync(new Uri("/api/v1/cases/c-1/surcharge/readings", UriKind.Relative));
        Assert.That(csv, Does.StartWith("meter,reading_utc,from_utc,to_utc,kw,kwh,"));
        using var absent = await reader.GetAsync(new Uri("/api/v1/cases/c-9/surcharge", UriKind.Relative));
        Assert.That((int)absent.StatusCode, Is.EqualTo(404));
        Assert.That((await reader.GetJsonAsync("/api/v1/credit-register")).GetArrayLength(), Is.Zero);
        Assert.That(await reader.GetStringAsync(new Uri("/api/v1/credit-register?format=csv", UriKind.Relative)), Is.EqualTo("site,case,measure,state,entered_utc,expires_utc,ended_utc,ended_by,proposed_by,approved_by,basis,basis_zh\r\n"));
    }

    [Test]
    public async Task The_dossier_has_readings_charts_and_money_and_is_the_same_each_time()
    {
        using var reader = _host.Client("aud");
        var file = await reader.GetByteArrayAsync(new Uri("/api/v1/cases/c-1/dossier", UriKind.Relative));
        await using var archive = new ZipArchive(new MemoryStream(file));
        Assert.That(archive.Entries.Select(e => e.FullName), Is.SupersetOf(new[] { "dossier.html", "charts/m-17.svg", "readings/m-17.csv", "surcharge.json", "surcharge.csv", "measures.json" }));
        Assert.That(await reader.GetByteArrayAsync(new Uri("/api/v1/cases/c-1/dossier", UriKind.Relative)), Is.EqualTo(file));
    }

    [Test]
    public async Task Lists_are_json_and_files_as_known_at_a_moment()
    {
        using var reader = _host.Client("aud");
        Assert.That((await reader.GetJsonAsync("/api/v1/lists/projects"))[0].GetProperty("case_id").GetString(), Is.EqualTo("c-1"));
        Assert.That((await reader.GetJsonAsync("/api/v1/lists/projects?as_of=2020-01-01T00:00:00Z")).GetArrayLength(), Is.Zero);
        Assert.That((await reader.GetJsonAsync("/api/v1/lists/projects?region=Nowhere")).GetArrayLength(), Is.Zero);
        Assert.That((await reader.GetJsonAsync("/api/v1/lists/coverage"))[0].GetProperty("verdict").GetString(), Is.EqualTo("case"));
        Assert.That(await reader.GetStringAsync(new Uri("/api/v1/lists/projects?format=csv", UriKind.Relative)), Does.StartWith("case,site,name,").And.Contain("c-1,s-4,"));
        using var book = await reader.GetAsync(new Uri("/api/v1/lists/projects?format=xlsx", UriKind.Relative));
        Assert.That(book.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"));
        Assert.That(await book.Content.ReadAsByteArrayAsync(), Is.EqualTo(await reader.GetByteArrayAsync(new Uri("/api/v1/lists/projects?format=xlsx", UriKind.Relative))));
        Assert.That(await reader.StatusAsync("/api/v1/lists/coverage?format=xlsx"), Is.EqualTo(200));
        var print = new Uri("/api/v1/lists/coverage?format=pdf&as_of=2100-01-01T00:00:00Z", UriKind.Relative);
        var printed = await reader.GetByteArrayAsync(print);
        Assert.That(printed[..5], Is.EqualTo("%PDF-"u8.ToArray()));
        Assert.That(await reader.GetByteArrayAsync(print), Is.EqualTo(printed));
        Assert.That(await reader.StatusAsync("/api/v1/lists/coverage?format=doc"), Is.EqualTo(400));
        using var wrong = await reader.GetAsync(new Uri("/api/v1/lists/coverage?as_of=yesterday", UriKind.Relative));
        Assert.That((int)wrong.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task An_exit_plan_is_held_against_the_readings()
    {
        var rising = new { ceilings = new[] { new { from = "2020-01-01T00:00:00Z", kilowatts = 500 }, new { from = "2020-02-01T00:00:00Z", kilowatts = 501 } } };
        var (status, problem) = await PostAsync("olga", "measures", new { kind = "exit_plan", evidence_version = 1, exit_plan = rising });
        Assert.That((status, problem.GetProperty("detail").GetString()), Is.EqualTo((400, "exit_plan.ceilings[1].kilowatts: The ceiling must not be above the one before.")));
        var plan = new { ceilings = new[] { new { from = "2020-01-01T00:00:00Z", kilowatts = 500 } }, tolerance = 0.05 };
        Assert.That((await PostAsync("olga", "measures", new { kind = "exit_plan", evidence_version = 1, exit_plan = plan })).Status, Is.EqualTo(200));
        using var reader = _host.Client("aud");
        Assert.That((await reader.GetJsonAsync("/api/v1/cases/c-1/measures/1/exit")).GetProperty("ceiling_kilowatts").GetDecimal(), Is.EqualTo(500));
        using var absent = await reader.GetAsync(new Uri("/api/v1/cases/c-1/measures/4/exit", UriKind.Relative));
        Assert.That((int)absent.StatusCode, Is.EqualTo(404));
    }

    private async Task<(int Status, JsonElement Body)> PostAsync(string? person, string what, object body)
    {
        using var client = _host.Client(person);
        return await client.PostAsync($"/api/v1/cases/c-1/{what}", JsonSerializer.Serialize(body));
    }
}
