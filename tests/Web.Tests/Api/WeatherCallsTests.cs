// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Json;
using Detector.Metering;

namespace Detector.Web.Tests.Api;

/// <summary>Weather over HTTP: brought in by those who operate, read within a scope, laid beside a meter.</summary>
[TestFixture]
internal sealed class WeatherCallsTests
{
    private const string Csv = "region,timestamp_utc,temperature_c\nYunnan,2026-01-01T00:00:00Z,14.5\nYunnan,2026-01-01T01:00:00Z,15.25\nGansu,2026-01-01T00:00:00Z,-6\n";

    private WebHost _host = null!;

    [SetUp]
    public async Task Start()
    {
        _host = await WebHost.StartAsync();
        _host.Registry.Replace(new SiteRegistry([MeterRegistration.Unregistered(MeterId.Of("m-1")) with { Site = "mill", Region = "Yunnan" }]));
    }

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task An_operator_brings_it_in_and_it_stands_beside_the_meter()
    {
        Assert.That(await PutAsync("olga", Csv), Is.EqualTo((200, """{"hours":{"Yunnan":2,"Gansu":1}}""")));
        using var aud = _host.Client("aud");
        var regions = await aud.GetJsonAsync("/api/v1/weather");
        Assert.That(regions.EnumerateArray().Select(r => (r.GetProperty("region").GetString(), r.GetProperty("hours").GetInt32())), Is.EqualTo(new[] { ("Gansu", 1), ("Yunnan", 2) }));

        var beside = await aud.GetJsonAsync("/api/v1/meters/m-1/temperatures?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z");
        Assert.That(beside.Names(), Is.EqualTo(new[] { "region", "from", "step_seconds", "celsius" }));
        Assert.That(beside.GetProperty("from").GetString(), Is.EqualTo("2026-01-01T00:00:00Z"));
        Assert.That(beside.GetProperty("celsius").EnumerateArray().Select(c => c.GetDouble()), Is.EqualTo(new[] { 14.5, 15.2 }));

        var signature = await aud.GetJsonAsync("/api/v1/meters/m-1/energy-signature?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z");
        Assert.That((signature.GetProperty("days").GetArrayLength(), signature.GetProperty("signature").ValueKind), Is.EqualTo((0, JsonValueKind.Null)));
    }

    [Test]
    public async Task A_file_with_faults_is_refused_by_line_and_column()
    {
        var (status, text) = await PutAsync("root", Csv + "Gansu,2026-01-01T01:00:00Z,warm\n");
        Assert.That(status, Is.EqualTo(422));
        Assert.That(text, Does.Contain("line 5, column temperature_c").And.Contain("Nothing is kept"));
        using var root = _host.Client("root");
        Assert.That((await root.GetJsonAsync("/api/v1/weather")).GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task Who_only_reads_or_is_limited_to_a_region_brings_nothing_in_and_a_scope_sees_its_own()
    {
        Assert.That((await PutAsync("aud", Csv)).Status, Is.EqualTo(403));
        Assert.That((await PutAsync("ana", Csv)).Status, Is.EqualTo(403));
        Assert.That((await PutAsync("yun", Csv)).Status, Is.EqualTo(403));
        await PutAsync("olga", Csv);
        using var yun = _host.Client("yun");
        Assert.That((await yun.GetJsonAsync("/api/v1/weather")).EnumerateArray().Select(r => r.GetProperty("region").GetString()), Is.EqualTo(new[] { "Yunnan" }));
    }

    private async Task<(int Status, string Text)> PutAsync(string name, string csv)
    {
        using var client = _host.Client(name);
        using var body = new StringContent(csv, Encoding.UTF8, "text/csv");
        using var answer = await client.PutAsync(new Uri("/api/v1/weather", UriKind.Relative), body);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
