// SPDX-License-Identifier: Apache-2.0
using System.Net.Http.Headers;
using Detector.Access;
using Detector.Metering;

namespace Detector.Web.Tests.Api;

/// <summary>A meter that moved from one region to another and back: people limited to either see what it measured while it was theirs.</summary>
[TestFixture]
internal sealed class ScopeInTimeTests
{
    private static readonly DateTimeOffset Moved = Sample.Start.AddDays(40);
    private static readonly DateTimeOffset End = Sample.Start.AddDays(91);

    private WebHost _host = null!;

    [SetUp]
    public async Task Start()
    {
        _host = await WebHost.StartAsync();
        _host.Registry.Replace(new SiteRegistry(
        [
            Sample.Registration("m-1", "mill", "Mill") with { Region = "Zhejiang", ValidTo = Moved },
            Sample.Registration("m-1", "hall", "Hall") with { Region = "Hainan", ValidFrom = Moved },
            Sample.Registration("m-2", "barn", "Barn") with { Region = "Hainan", ValidTo = Sample.Start.AddDays(10) },
            Sample.Registration("m-2", "farm", "Farm") with { Region = "Zhejiang", ValidFrom = Sample.Start.AddDays(10), ValidTo = Moved },
            Sample.Registration("m-2", "barn", "Barn") with { Region = "Hainan", ValidFrom = Moved, ValidTo = Moved.AddDays(10), ContractedKilowatts = 90 },
            Sample.Registration("m-2", "barn", "Barn") with { Region = "Hainan", ValidFrom = Moved.AddDays(10) },
        ]));
        _host.Timeline.Add(Sample.Load("m-1").Concat(Sample.Load("m-2")));
    }

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [TestCase("Hainan", 40, 91)]
    [TestCase("Zhejiang", 0, 40)]
    public async Task Readings_are_those_of_the_stay_there(string region, int fromDay, int toDay)
    {
        using var client = await InAsync(region);
        foreach (var asked in new[] { string.Empty, "?from=2025-12-01T00:00:00Z", "?to=2026-12-01T00:00:00Z", "?from=2025-12-01T00:00:00Z&to=2026-12-01T00:00:00Z" })
        {
            var times = await TimesAsync(client, $"/api/v1/meters/m-1/readings{asked}");
            Assert.That((times[0], times[^1]), Is.EqualTo((Sample.Start.AddDays(fromDay), Sample.Start.AddDays(toDay).AddMinutes(-15))), asked);
        }
    }

    [TestCase("Hainan", "?to=2026-01-20T00:00:00Z")]
    [TestCase("Hainan", "?from=2026-01-10T00:00:00Z&to=2026-01-20T00:00:00Z")]
    [TestCase("Zhejiang", "?from=2026-03-01T00:00:00Z")]
    [TestCase("Zhejiang", "?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z")]
    public async Task Of_any_other_time_there_is_nothing(string region, string asked)
    {
        using var client = await InAsync(region);
        Assert.That(await TimesAsync(client, $"/api/v1/meters/m-1/readings{asked}"), Is.Empty);
        Assert.That(BitConverter.ToUInt32(await client.GetByteArrayAsync(new Uri($"/api/v1/meters/m-1/series{asked}", UriKind.Relative))), Is.Zero);
        foreach (var call in new[] { "load-events", "patterns", "aggregates", "temperatures", "energy-signature" })
        {
            Assert.That(await client.StatusAsync($"/api/v1/meters/m-1/{call}{asked}"), Is.EqualTo(200), call);
        }
    }

    [Test]
    public async Task Of_several_stays_it_is_the_last_whatever_changed_within_it()
    {
        using var client = await InAsync("Hainan");
        Assert.That((await TimesAsync(client, "/api/v1/meters/m-2/readings"))[0], Is.EqualTo(Moved));
        using var farm = await InAsync("Zhejiang");
        var times = await TimesAsync(farm, "/api/v1/meters/m-2/readings");
        Assert.That((times[0], times[^1]), Is.EqualTo((Sample.Start.AddDays(10), Moved.AddMinutes(-15))));
    }

    [Test]
    public async Task Who_has_no_limits_sees_all_and_who_never_had_it_nothing()
    {
        using var all = _host.Client("olga");
        var times = await TimesAsync(all, "/api/v1/meters/m-1/readings");
        Assert.That((times[0], times[^1]), Is.EqualTo((Sample.Start, End.AddMinutes(-15))));
        using var elsewhere = await InAsync("Yunnan");
        Assert.That(await elsewhere.StatusAsync("/api/v1/meters/m-1/readings"), Is.EqualTo(404));
    }

    [TestCase("burst")]
    [TestCase("spark.svg")]
    public async Task What_is_of_now_is_of_who_has_it_now(string call)
    {
        using var here = await InAsync("Hainan");
        using var before = await InAsync("Zhejiang");
        Assert.That((await here.StatusAsync($"/api/v1/meters/m-1/{call}"), await before.StatusAsync($"/api/v1/meters/m-1/{call}")), Is.EqualTo((200, 404)));
    }

    private async Task<HttpClient> InAsync(string region)
    {
        await _host.Access.AddUserAsync(region, Role.Operator, AccessScope.Of([region], []), CancellationToken.None);
        var client = _host.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await _host.Access.CreateTokenAsync(region, null, CancellationToken.None)).Value!);
        return client;
    }

    private static async Task<DateTimeOffset[]> TimesAsync(HttpClient client, string call) => [.. (await client.GetJsonAsync(call)).EnumerateArray().Select(r => r.GetProperty("ts").GetDateTimeOffset())];
}
