// SPDX-License-Identifier: Apache-2.0
using System.Net.Http.Headers;

namespace Detector.Web.Tests.Api;

/// <summary>Who may do what, at every call.</summary>
[TestFixture]
internal sealed class AccessTests
{
    private static readonly string[] Reads =
    [
        "/api/v1/ledger", "/api/v1/dead-letters", "/api/v1/quarantine", "/api/v1/registry", "/api/v1/drift", "/api/v1/registry/versions", "/api/v1/cases/c-1/inspection-order", "/api/v1/meters/m/readings", "/api/v1/meters/m/series", "/api/v1/meters/m/patterns", "/api/v1/meters/m/load-events", "/api/v1/weather", "/api/v1/meters/m/temperatures", "/api/v1/meters/m/energy-signature", "/api/v1/meters/m/spark.svg", "/api/v1/meters/m/burst", "/api/v1/fleet.csv", "/api/v1/sites", "/api/v1/feeders/F-12", "/api/v1/regions/Qinghai",
        "/api/v1/sites/s", "/api/v1/false-discovery", "/api/v1/cases", "/api/v1/cases/c-1", "/api/v1/cases/c-1/dossier", "/api/v1/cases/c-1/attachments", "/api/v1/cases/c-1/attachments/2", "/api/v1/audit", "/api/v1/audit/verify", "/api/v1/webhooks", "/api/v1/webhooks/crm/parked", "/api/v1/events", "/openapi/v1.json", "/api/docs",
    ];

    private static readonly string[] Roles = ["olga", "sun", "ana", "aud", "root"];

    [Test]
    public async Task Without_a_token_every_call_but_the_probes_is_401_as_problem_details()
    {
        await using var host = await WebHost.StartAsync();
        using var anybody = host.Client();
        foreach (var path in Reads)
        {
            using var answer = await anybody.GetAsync(new Uri(path, UriKind.Relative));
            Assert.That((int)answer.StatusCode, Is.EqualTo(401), path);
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"), path);
            Assert.That(answer.Headers.WwwAuthenticate.ToString(), Does.StartWith("Bearer"), path);
        }

        Assert.That((await anybody.PostAsync("/api/v1/dead-letters/replay", "{}")).Status, Is.EqualTo(401));
        Assert.That((await anybody.PostAsync("/api/v1/cases/c-1/transitions", "{}")).Status, Is.EqualTo(401));
        Assert.That(await anybody.StatusAsync("/health/live"), Is.EqualTo(200));
        Assert.That(await anybody.StatusAsync("/health/ready"), Is.EqualTo(200));

        anybody.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "not-a-token");
        Assert.That(await anybody.StatusAsync("/api/v1/ledger"), Is.EqualTo(401));
    }

    [Test]
    public async Task Pages_send_a_stranger_to_the_sign_in_page()
    {
        await using var host = await WebHost.StartAsync();
        using var anybody = host.Client();
        foreach (var page in new[] { "/", "/sites/s", "/cases", "/cases/c-1", "/operations" })
        {
            using var answer = await anybody.GetAsync(new Uri(page, UriKind.Relative));
            Assert.That((int)answer.StatusCode, Is.EqualTo(302), page);
            Assert.That(answer.Headers.Location?.ToString(), Does.Contain("/sign-in?return="), page);
        }

        Assert.That(await anybody.StatusAsync("/sign-in"), Is.EqualTo(200));
    }

    [Test]
    public async Task Every_role_reads_and_only_operators_and_administrators_replay()
    {
        await using var host = await WebHost.StartAsync();
        foreach (var name in Roles)
        {
            using var client = host.Client(name);
            Assert.That(await client.StatusAsync("/api/v1/ledger"), Is.EqualTo(200), name);
            Assert.That((await client.PostAsync("/api/v1/dead-letters/replay", "{}")).Status, Is.EqualTo(name is "olga" or "root" ? 200 : 403), name);
            Assert.That((await client.PostAsync("/api/v1/quarantine/release", "{}")).Status, Is.EqualTo(name is "olga" or "root" ? 200 : 403), name);
        }
    }

    [Test]
    public async Task Where_allowed_anybody_on_loopback_reads_but_changes_nothing()
    {
        await using var host = await WebHost.StartAsync(new WebOptions { AnonymousLoopbackRead = true });
        using var anybody = host.Client();
        foreach (var path in new[] { "/health/ready", "/api/v1/ledger", "/api/v1/sites", "/", "/cases", "/openapi/v1.json", "/api/docs/" })
        {
            Assert.That(await anybody.StatusAsync(path), Is.EqualTo(200), path);
        }

        Assert.That((await anybody.PostAsync("/api/v1/dead-letters/replay", "{}")).Status, Is.EqualTo(401));
        Assert.That((await anybody.PostAsync("/api/v1/cases/c-1/transitions", """{"verb":"triage","evidence_version":1}""")).Status, Is.EqualTo(401));
    }

    [TestCase("X-Forwarded-For", "203.0.113.9")]
    [TestCase("Host", "rebound.example")]
    [TestCase("Authorization", "Bearer wrong")]
    public async Task A_forwarded_renamed_or_wrongly_signed_request_is_not_local(string header, string value)
    {
        await using var host = await WebHost.StartAsync(new WebOptions { AnonymousLoopbackRead = true });
        using var anybody = host.Client();
        anybody.DefaultRequestHeaders.TryAddWithoutValidation(header, value);
        Assert.That(await anybody.StatusAsync("/api/v1/ledger"), Is.EqualTo(401));
    }

    [Test]
    public async Task Guessing_shuts_a_name_out_for_a_while_even_with_the_right_token()
    {
        await using var host = await WebHost.StartAsync(new WebOptions { SignInFailuresBeforeLock = 3, SignInsPerMinute = 1000 });
        using var browser = new HttpClient { BaseAddress = host.Address };
        for (var i = 0; i < 3; i++)
        {
            Assert.That(await SignInAsync(browser, "olga", "wrong"), Does.Contain(i < 2 ? "not" : "Too many wrong tokens"));
        }

        Assert.That(await SignInAsync(browser, "olga", host.TokenOf("olga")), Does.Contain("Too many wrong tokens"));
        Assert.That(await SignInAsync(browser, "omar", host.TokenOf("omar")), Does.Contain("data-testid=\"who\""));
    }

    private static async Task<string> SignInAsync(HttpClient browser, string name, string token)
    {
        var page = await browser.GetStringAsync(new Uri("/sign-in", UriKind.Relative));
        var fields = System.Text.RegularExpressions.Regex.Matches(page, "name=\"(_handler|__RequestVerificationToken)\" value=\"([^\"]+)\"");
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Groups[1].Value, f.Groups[2].Value))
            .Concat([KeyValuePair.Create("Form.Name", name), KeyValuePair.Create("Form.Token", token)]));
        using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), form);
        return await answer.Content.ReadAsStringAsync();
    }

    [Test]
    public async Task A_revoked_token_is_refused()
    {
        await using var host = await WebHost.StartAsync();
        using var client = host.Client("olga");
        Assert.That(await client.StatusAsync("/api/v1/ledger"), Is.EqualTo(200));
        var token = (await host.Access.TokensAsync(CancellationToken.None)).Single(t => t.User == "olga");
        await host.Access.RevokeTokenAsync(token.Id, CancellationToken.None);
        Assert.That(await client.StatusAsync("/api/v1/ledger"), Is.EqualTo(401));
    }

    [Test]
    public async Task Too_many_requests_are_429_with_a_time_to_wait()
    {
        await using var host = await WebHost.StartAsync(new WebOptions { RequestBurst = 5, RequestsPerSecond = 1 });
        using var client = host.Client("olga");
        var statuses = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            using var answer = await client.GetAsync(new Uri("/api/v1/ledger", UriKind.Relative));
            statuses.Add((int)answer.StatusCode);
            Assert.That(answer.Headers.RetryAfter is not null, Is.EqualTo((int)answer.StatusCode == 429));
        }

        Assert.That(statuses, Does.Contain(200).And.Contain(429));
    }

    [Test]
    public async Task Answers_that_stream_readings_count_as_calls_too()
    {
        await using var host = await WebHost.StartAsync(new WebOptions { RequestBurst = 5, RequestsPerSecond = 1 });
        using var client = host.Client("olga");
        var statuses = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            statuses.Add(await client.StatusAsync("/api/v1/meters/m/readings?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z"));
        }

        Assert.That(statuses.Count(s => s == 429), Is.InRange(5, 7), string.Join(' ', statuses));
    }

    [Test]
    public async Task Every_answer_carries_the_security_headers()
    {
        await using var host = await WebHost.StartAsync(new WebOptions { AnonymousLoopbackRead = true });
        using var anybody = host.Client();
        foreach (var path in new[] { "/", "/sign-in", "/api/v1/ledger", "/_content/Detector.Web/console.css" })
        {
            using var answer = await anybody.GetAsync(new Uri(path, UriKind.Relative));
            Assert.That((int)answer.StatusCode, Is.EqualTo(200), path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.That(policy, Does.Contain("script-src 'self' 'nonce-").And.Contain("frame-ancestors 'none'").And.Not.Contain("script-src 'self' 'unsafe-inline'"), path);
            Assert.That(answer.Headers.GetValues("X-Frame-Options"), Is.EqualTo(new[] { "DENY" }), path);
        }
    }

    [Test]
    public async Task A_sign_out_without_the_forms_token_is_refused_and_returns_stay_on_this_host()
    {
        await using var host = await WebHost.StartAsync(new WebOptions { AnonymousLoopbackRead = true });
        using var anybody = host.Client();
        using var form = new FormUrlEncodedContent([]);
        using var refused = await anybody.PostAsync(new Uri("/sign-out", UriKind.Relative), form);
        Assert.That((int)refused.StatusCode, Is.EqualTo(400));

        using var away = await anybody.GetAsync(new Uri("/preferences/language/zh-Hans?return=//evil.example", UriKind.Relative));
        Assert.That(away.Headers.Location?.ToString(), Is.EqualTo("/"));
        Assert.That(away.Headers.GetValues("Set-Cookie").Single(), Does.Contain("httponly").And.Contain("samesite=lax"));
    }
}
