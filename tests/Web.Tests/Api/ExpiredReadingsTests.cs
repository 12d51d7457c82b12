// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;
using Detector.Timeline;

namespace Detector.Web.Tests.Api;

/// <summary>Where readings have expired, whoever asks for them is told, and a chart goes on with hours and days.</summary>
[TestFixture]
internal sealed class ExpiredReadingsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly MeterId Meter = MeterId.Of("m-1");
    private WebHost _host = null!;
    private HttpClient _reader = null!;

    // Days 0 to 4 are kept as days only, 5 to 9 as hours too, 10 to 19 as quarter hours.
    [OneTimeSetUp]
    public async Task Begin()
    {
        _host = await WebHost.StartAsync();
        _host.Timeline.Add(Enumerable.Range(10 * 96, 10 * 96).Select(i => new Reading(Meter, Start.AddMinutes(15 * i)) { PowerKilowatts = 50 + (i % 96) }));
        _host.Timeline.Add(new Reading(MeterId.Of("m-2"), Start) { PowerKilowatts = 1 });
        _host.Timeline.Retention = new MemoryRetention(
            Meter,
            new MeterHorizon(Start.AddDays(10), Start.AddDays(17)),
            [.. Enumerable.Range(5 * 24, 12 * 24).Select(h => Kept(Start.AddHours(h), 20 + (h % 24), 1, TimeSpan.FromMinutes(45)))],
            [.. Enumerable.Range(0, 17).Select(d => Kept(Start.AddDays(d), 10, 5, TimeSpan.FromHours(20)))]);
        _reader = _host.Client("aud");
    }

    [OneTimeTearDown]
    public async Task End()
    {
        _reader.Dispose();
        await _host.DisposeAsync();
    }

    [Test]
    public async Task Readings_say_from_when_on_they_are_kept()
    {
        using var whole = await GetAsync("meters/m-1/readings?from=2026-01-01T00:00:00Z&to=2026-01-21T00:00:00Z");
        using var unbounded = await GetAsync("meters/m-1/readings");
        using var young = await GetAsync("meters/m-1/readings?from=2026-01-11T00:00:00Z&to=2026-01-21T00:00:00Z");
        using var other = await GetAsync("meters/m-2/readings?from=2026-01-01T00:00:00Z&to=2026-01-21T00:00:00Z");
        Assert.That(whole.Headers.GetValues("Detector-Readings-From"), Is.EqualTo(new[] { "2026-01-11T00:00:00Z" }));
        Assert.That(unbounded.Headers.GetValues("Detector-Readings-From"), Is.EqualTo(new[] { "2026-01-11T00:00:00Z" }));
        Assert.That(young.Headers.Contains("Detector-Readings-From"), Is.False);
        Assert.That(other.Headers.Contains("Detector-Readings-From"), Is.False);
    }

    [TestCase("2026-01-01T00:00:00Z", "days", 20, 5f)]
    [TestCase("2026-01-06T00:00:00Z", "hours", 15 * 24, 19f)]
    [TestCase("2026-01-11T00:00:00Z", "readings", 10 * 96, 50f)]
    public async Task A_chart_goes_on_with_what_is_kept_and_says_how_fine_it_is(string from, string resolution, int points, float lowest)
    {
        using var answer = await GetAsync($"meters/m-1/series?from={from}&to=2026-01-21T00:00:00Z");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var count = (int)BitConverter.ToUInt32(bytes, 0);
        var seconds = Enumerable.Range(0, count).Select(i => BitConverter.ToDouble(bytes, 8 + (8 * i))).ToArray();
        var lows = Enumerable.Range(0, count).Select(i => BitConverter.ToSingle(bytes, 8 + (8 * count) + (4 * i))).ToArray();

        Assert.That(answer.Headers.GetValues("Detector-Resolution"), Is.EqualTo(new[] { resolution }));
        Assert.That((count, BitConverter.ToUInt32(bytes, 4)), Is.EqualTo((points, resolution == "readings" ? 0u : 1u)));
        Assert.That(seconds, Is.Ordered.Ascending.And.Unique);
        Assert.That(seconds[0], Is.EqualTo(DateTimeOffset.Parse(from, CultureInfo.InvariantCulture).ToUnixTimeSeconds()));
        Assert.That(seconds.Zip(seconds.Skip(1), (a, b) => b - a).Distinct().Count(), Is.EqualTo(1), "no gap where resolutions meet");
        Assert.That(lows.Min(), Is.EqualTo(lowest));
    }

    [Test]
    public async Task Hours_and_days_can_be_asked_for()
    {
        var hours = await _reader.GetJsonAsync("/api/v1/meters/m-1/aggregates?from=2026-01-06T00:00:00Z&to=2026-01-07T00:00:00Z");
        var days = await _reader.GetJsonAsync("/api/v1/meters/m-1/aggregates?length=day");
        var none = await _reader.GetJsonAsync("/api/v1/meters/m-2/aggregates");
        Assert.That((hours.GetArrayLength(), days.GetArrayLength(), none.GetArrayLength()), Is.EqualTo((24, 17, 0)));
        Assert.That(hours[0].GetProperty("from").GetDateTimeOffset(), Is.EqualTo(Start.AddDays(5)));
        Assert.That(hours[0].GetProperty("kw").GetDouble(), Is.EqualTo(20));
        Assert.That(hours[0].GetProperty("covered_seconds").GetDouble(), Is.EqualTo(2700));
        Assert.That(hours[0].GetProperty("kwh").GetDouble(), Is.EqualTo(15));
        Assert.That(hours[0].GetProperty("quality")[0].GetString(), Is.EqualTo("estimated"));
    }

    [TestCase("length=week")]
    [TestCase("from=yesterday")]
    [TestCase("from=2026-01-06T00:00:00Z&to=2026-01-06T00:00:00Z")]
    public async Task A_wrong_question_is_400(string query) => Assert.That(await _reader.StatusAsync("/api/v1/meters/m-1/aggregates?" + query), Is.EqualTo(400));

    private Task<HttpResponseMessage> GetAsync(string call) => _reader.GetAsync(new Uri("/api/v1/" + call, UriKind.Relative));

    private static LoadAggregate Kept(DateTimeOffset start, double mean, double spread, TimeSpan covered) =>
        new(start, mean, mean - spread, mean + spread, covered, TimeSpan.FromMinutes(15), 3, QualityFlags.Estimated, double.NaN);
}
