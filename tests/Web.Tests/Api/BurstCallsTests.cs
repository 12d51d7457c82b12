// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Web.Tests.Api;

/// <summary>A burst asked of a meter over HTTP.</summary>
[TestFixture]
internal sealed class BurstCallsTests
{
    private WebHost _host = null!;

    [SetUp]
    public async Task Start()
    {
        _host = await WebHost.StartAsync();
        _host.Registry.Replace(new SiteRegistry([Sample.Registration("m-1", "s-1", "One"), Sample.Registration("m-2", "s-2", "Two"), Sample.Registration("m-3~residual", "s-3", "Rest")]));
    }

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task An_operator_asks_once_and_everybody_sees_it()
    {
        using var olga = _host.Client("olga");
        var (status, body) = await olga.PostAsync("/api/v1/meters/m-1/burst", """{"seconds":300,"hz":0.5}""");
        Assert.That((status, body.GetProperty("state").GetString(), body.GetProperty("by").GetString()), Is.EqualTo((202, "waiting", "olga")));
        Assert.That(_host.Commands.Asked, Is.EqualTo(new[] { ("m-1", 300.0, 0.5) }));
        using var omar = _host.Client("omar");
        Assert.That((await omar.PostAsync("/api/v1/meters/m-1/burst", "{}")).Status, Is.EqualTo(409));
        using var auditor = _host.Client("aud");
        var seen = await auditor.GetJsonAsync("/api/v1/meters/m-1/burst");
        Assert.That((seen.GetProperty("seconds").GetInt32(), seen.GetProperty("refusal").GetString()), Is.EqualTo((300, "left_alone")));
    }

    [Test]
    public async Task Two_requests_at_once_give_one_command()
    {
        using var olga = _host.Client("olga");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => olga.PostAsync("/api/v1/meters/m-1/burst", "{}")));
        Assert.That(answers.Select(a => a.Status).Order(), Is.EqualTo(new[] { 202, 409, 409, 409, 409, 409 }));
        Assert.That(_host.Commands.Asked, Has.Count.EqualTo(1));
    }

    [TestCase("olga", 202)]
    [TestCase("root", 202)]
    [TestCase("sun", 403)]
    [TestCase("ana", 403)]
    [TestCase("aud", 403)]
    [TestCase(null, 401)]
    public async Task Only_operators_and_administrators_ask(string? name, int expected)
    {
        using var client = _host.Client(name);
        Assert.That((await client.PostAsync("/api/v1/meters/m-1/burst", "{}")).Status, Is.EqualTo(expected));
        Assert.That(_host.Commands.Asked, Has.Count.EqualTo(expected == 202 ? 1 : 0));
    }

    [TestCase("m-1", """{"seconds":59}""", 400)]
    [TestCase("m-1", """{"hz":11}""", 400)]
    [TestCase("m-1", "", 400)]
    [TestCase("nobody", "{}", 404)]
    [TestCase("m-3~residual", "{}", 422)]
    public async Task What_cannot_be_asked_is_refused_with_its_reason(string meter, string body, int expected)
    {
        using var olga = _host.Client("olga");
        var (status, problem) = await olga.PostAsync($"/api/v1/meters/{meter}/burst", body);
        Assert.That((status, problem.GetProperty("status").GetInt32()), Is.EqualTo((expected, expected)));
        Assert.That(_host.Commands.Asked, Is.Empty);
    }

    [Test]
    public async Task Where_bursts_are_off_the_hour_is_full_or_the_broker_is_away_it_says_so()
    {
        using var olga = _host.Client("olga");
        _host.Commands.Away = "not connected";
        Assert.That((await olga.PostAsync("/api/v1/meters/m-1/burst", "{}")).Status, Is.EqualTo(503));
        _host.Commands.Away = null;
        _host.Bursts.MostPerHour = 1;
        Assert.That((await olga.PostAsync("/api/v1/meters/m-1/burst", "{}")).Status, Is.EqualTo(202));
        Assert.That((await olga.PostAsync("/api/v1/meters/m-2/burst", "{}")).Status, Is.EqualTo(429));
        _host.Bursts.Enabled = false;
        Assert.That((await olga.PostAsync("/api/v1/meters/m-2/burst", "{}")).Status, Is.EqualTo(422));
        Assert.That(_host.Commands.Asked, Has.Count.EqualTo(1));
    }
}
