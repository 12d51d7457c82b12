// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Timeline.Influx;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Timeline.Tests.Influx;

/// <summary>What goes over the wire, and what is made of answers that the installed server never gives.</summary>
[TestFixture]
internal sealed class InfluxProtocolTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [TestCase(null, null)]
    [TestCase(true, "gzip")]
    public async Task Without_a_token_points_go_to_write_with_the_database(bool? compress, string? encoding)
    {
        await using var server = new StubServer(request => request.IsWrite ? new StubAnswer(204) : StubServer.NoRows);
        await using var timeline = await OpenAsync(server, new InfluxOptions { Database = "me ters", Compress = compress });
        await timeline.WriteAsync(Batch(1), CancellationToken.None);
        var write = server.Writes.Single();

        Assert.That((write.Method, write.PathAndQuery, write.Authorization, write.Encoding), Is.EqualTo(("POST", "/write?db=me%20ters&precision=u", (string?)null, encoding)));
        Assert.That(write.Body, Is.EqualTo("readings,meter=m-0 position=1i,index=0i,kind=1i,quality=0i,kw=0.5 1767571200000000\n"));
    }

    [Test]
    public async Task Every_point_of_a_batch_of_many_requests_is_sent_once_and_those_refused_are_told_from_the_others()
    {
        var refused = new[] { "meter=m-4 ", "meter=m-17 " };
        await using var server = new StubServer(request => !request.IsWrite ? StubServer.NoRows
            : refused.Any(r => request.Body.Contains(r, StringComparison.Ordinal)) ? new StubAnswer(400, """{"error":"partial write: no"}""") : new StubAnswer(204));
        await using var timeline = await OpenAsync(server, new InfluxOptions { BatchSize = 3 });
        var outcome = await timeline.WriteAsync(Batch(20), CancellationToken.None);

        Assert.That(outcome.Results.Select((r, i) => (r, i)).Where(x => x.r != WriteResult.Stored).Select(x => x.i), Is.EqualTo(new[] { 4, 17 }));
        var taken = server.Writes.Where(w => !refused.Any(r => w.Body.Contains(r, StringComparison.Ordinal))).SelectMany(w => w.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        Assert.That((taken.Length, taken.Distinct().Count()), Is.EqualTo((18, 18)));
    }

    [Test]
    public async Task With_a_token_points_go_to_the_second_interface_with_bucket_and_organization()
    {
        await using var server = new StubServer(request => request.IsWrite ? new StubAnswer(204) : StubServer.NoRows);
        await using var timeline = await OpenAsync(server, new InfluxOptions { Database = "grid", Token = "t-1", Organization = "o 1" });
        var outcome = await timeline.WriteAsync(Batch(1), CancellationToken.None);
        var write = server.Writes.Single();

        Assert.That(outcome.Results, Is.All.EqualTo(WriteResult.Stored));
        Assert.That((write.PathAndQuery, write.Authorization), Is.EqualTo(("/api/v2/write?bucket=grid&org=o%201&precision=us", "Token t-1")));
        Assert.That(server.Requests.Single(request => !request.IsWrite).Authorization, Is.EqualTo("Token t-1"));
    }

    [Test]
    public async Task With_a_token_and_no_organization_it_is_left_out()
    {
        await using var server = new StubServer(request => request.IsWrite ? new StubAnswer(204) : StubServer.NoRows);
        await using var timeline = await OpenAsync(server, new InfluxOptions { Database = "grid", Token = "t-1" });
        await timeline.WriteAsync(Batch(1), CancellationToken.None);

        Assert.That(server.Writes.Single().PathAndQuery, Is.EqualTo("/api/v2/write?bucket=grid&precision=us"));
    }

    [Test]
    public async Task User_and_password_of_the_address_become_basic_authentication()
    {
        await using var server = new StubServer(_ => StubServer.NoRows);
        await using var timeline = await OpenAsync(
            server, new InfluxOptions { Url = server.Url.Replace("://", "://ann:s%20t@", StringComparison.Ordinal) });
        await timeline.ProbeAsync(CancellationToken.None);

        Assert.That(server.Requests.Single().Authorization, Is.EqualTo("Basic YW5uOnMgdA=="));
    }

    [TestCase(401)]
    [TestCase(403)]
    public async Task Refused_credentials_are_a_fault_of_the_configuration_and_not_retried(int status)
    {
        await using var server = new StubServer(request => request.IsWrite ? new StubAnswer(status, """{"error":"no access"}""") : StubServer.NoRows);
        await using var timeline = await OpenAsync(server, new InfluxOptions());

        await Assert.ThatAsync(
            () => timeline.WriteAsync(Batch(1), CancellationToken.None), Throws.TypeOf<TimelineConfigurationException>().With.Message.Contains("no access"));
        Assert.That(server.Writes.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Lines_that_the_answer_names_are_refused_and_the_others_sent_again()
    {
        const string Answer = """{"error":"partial write of line protocol occurred","data":[{"original_line":"…","line_number":2,"error_message":"bad type"}]}""";
        await using var server = new StubServer(
            request => !request.IsWrite ? StubServer.NoRows : request.Lines.Length == 4 ? new StubAnswer(400, Answer) : new StubAnswer(204));
        await using var timeline = await OpenAsync(server, new InfluxOptions { Token = "t" });
        var outcome = await timeline.WriteAsync(Batch(4), CancellationToken.None);

        Assert.That(outcome.Refusals, Is.EqualTo(new Dictionary<int, string> { [1] = "bad type" }));
        Assert.That(server.Writes.Select(write => write.Lines.Length), Is.EqualTo(new[] { 4, 3 }));
    }

    [Test]
    public async Task A_batch_of_which_all_is_dropped_costs_one_request()
    {
        await using var server = new StubServer(
            request => request.IsWrite ? new StubAnswer(400, $"{{\"error\":\"partial write: refused dropped={request.Lines.Length}\"}}") : StubServer.NoRows);
        await using var timeline = await OpenAsync(server, new InfluxOptions());
        var outcome = await timeline.WriteAsync(Batch(100), CancellationToken.None);

        Assert.That(outcome.Results, Is.All.EqualTo(WriteResult.Refused));
        Assert.That(outcome.Refusals[99], Is.EqualTo("partial write: refused dropped=100"));
        Assert.That(server.Writes.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_body_that_is_too_large_is_halved()
    {
        await using var server = new StubServer(
            request => !request.IsWrite ? StubServer.NoRows : request.Lines.Length > 3 ? new StubAnswer(413, "too large") : new StubAnswer(204));
        await using var timeline = await OpenAsync(server, new InfluxOptions());
        var outcome = await timeline.WriteAsync(Batch(10), CancellationToken.None);

        Assert.That(outcome.Results, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(server.Writes.Where(write => write.Lines.Length <= 3).Sum(write => write.Lines.Length), Is.EqualTo(10));
    }

    [Test]
    public async Task A_reading_judged_by_one_that_the_server_refuses_is_refused_too()
    {
        await using var server = new StubServer(request => request.IsWrite ? new StubAnswer(400, """{"error":"no"}""") : StubServer.NoRows);
        await using var timeline = await OpenAsync(server, new InfluxOptions());
        var reading = Batch(1)[0];
        var outcome = await timeline.WriteAsync(new[] { reading, reading with { Index = 1 } }, CancellationToken.None);

        Assert.That(outcome.Results, Is.All.EqualTo(WriteResult.Refused));
        Assert.That(outcome.Refusals[1], Does.Contain("repeats a reading").And.Contain("no"));
    }

    [Test]
    public async Task Batches_are_cut_to_the_size_of_the_options()
    {
        await using var server = new StubServer(request => request.IsWrite ? new StubAnswer(204) : StubServer.NoRows);
        await using var timeline = await OpenAsync(server, new InfluxOptions { BatchSize = 4, QueryMeters = 6 });
        await timeline.WriteAsync(Batch(10), CancellationToken.None);

        // Several requests are on their way at once, so the order in which they arrive is not that of the batch.
        Assert.That(server.Writes.Select(write => write.Lines.Length), Is.EquivalentTo(new[] { 4, 4, 2 }));
        Assert.That(server.Requests.Count(request => !request.IsWrite), Is.EqualTo(2));
    }

    [Test]
    public async Task An_address_with_a_path_keeps_it()
    {
        await using var server = new StubServer(_ => StubServer.NoRows);
        await using var timeline = await OpenAsync(server, new InfluxOptions { Url = server.Url + "influx/" });
        await timeline.ProbeAsync(CancellationToken.None);

        Assert.That(server.Requests.Single().PathAndQuery, Is.EqualTo("/influx/query"));
    }

    internal static ArrivedReading[] Batch(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new ArrivedReading(new Reading(MeterId.Of($"m-{i}"), Start) { PowerKilowatts = i + 0.5 }, 1, i))];

    private static Task<ITimeline> OpenAsync(StubServer server, InfluxOptions influx)
    {
        influx.Url = influx.Url == new InfluxOptions().Url ? server.Url : influx.Url;
        (influx.Retries, influx.RetrySeconds) = (2, 0.01);
        var options = new TimelineOptions { Kind = "influx", Influx = influx };
        return TimelineCatalog.Standard().OpenAsync(new TimelineSetup(options, TimeProvider.System, NullLoggerFactory.Instance), CancellationToken.None);
    }
}
