// SPDX-License-Identifier: Apache-2.0
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Web.Tests.Security.OpenId;

/// <summary>The console's sign-in at a real provider, redirect by redirect.</summary>
[TestFixture]
internal sealed class ConsoleSignInTests
{
    [Test]
    public async Task A_person_of_the_provider_enters_by_code_and_proof_key_and_returns_to_where_they_were()
    {
        await using var federation = await Federation.StartAsync();
        using var browser = federation.Browser(Federation.Olga);
        var page = await browser.GetStringAsync(new Uri("/sign-in?return=%2Fcases", UriKind.Relative));
        Assert.That(page, Does.Contain("Sign in with Grid Login").And.Contain("/sign-in/openid?return=%2Fcases"));

        using var entered = await browser.GetAsync(new Uri("/sign-in/openid?return=%2Fcases", UriKind.Relative));
        var text = WebUtility.HtmlDecode(await entered.Content.ReadAsStringAsync());
        Assert.Multiple(() =>
        {
            Assert.That((int)entered.StatusCode, Is.EqualTo(200));
            Assert.That(entered.RequestMessage!.RequestUri!.PathAndQuery, Is.EqualTo("/cases"));
            Assert.That(text, Does.Contain("Olga of the provider").And.Contain($"{federation.Provider.Authority}#olga").And.Contain("operator").IgnoreCase);
            Assert.That(federation.Provider.Redeemed, Is.EqualTo(1), "the code was redeemed with secret and proof key");
        });
        Assert.That(await browser.StatusAsync("/api/v1/ledger"), Is.EqualTo(200), "the session opens the API, as a local user's does");
    }

    [Test]
    public async Task The_way_to_the_provider_carries_state_nonce_and_proof_key_and_never_the_secret()
    {
        await using var federation = await Federation.StartAsync(o => o.PublicAddress = "https://detector.example");
        using var stranger = federation.Host.Client();
        using var answer = await stranger.GetAsync(new Uri("/sign-in/openid?return=//evil.example", UriKind.Relative));
        var way = answer.Headers.Location!.OriginalString;
        Assert.Multiple(() =>
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(302));
            Assert.That(way, Does.StartWith(federation.Provider.Authority + "authorize?").And.Contain("code_challenge_method=S256").And.Contain("nonce=").And.Contain("state=").And.Contain("scope=openid%20profile"));
            Assert.That(way, Does.Contain("redirect_uri=https%3A%2F%2Fdetector.example%2Fsign-in%2Fopenid%2Fcallback"), "behind a proxy, the address that people know");
            Assert.That(way, Does.Not.Contain(TestProvider.Secret).And.Not.Contain("evil").And.Not.Contain("x-client"));
            Assert.That(answer.Headers.GetValues("Set-Cookie"), Has.All.Contains("httponly").And.All.Contains("samesite=lax").And.All.Contains("secure"));
        });
    }

    [Test]
    public async Task Who_is_limited_to_regions_comes_in_and_the_page_says_to_which()
    {
        await using var federation = await Federation.StartAsync();
        using var browser = federation.Browser(Federation.Hai);
        using var answer = await browser.GetAsync(new Uri("/sign-in/openid", UriKind.Relative));
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("data-testid=\"scope\"").And.Contain("Hainan"));
    }

    [Test]
    public async Task Who_has_no_role_is_told_so_plainly_and_gets_no_session()
    {
        await using var federation = await Federation.StartAsync();
        using var browser = federation.Browser(Federation.Nobody);
        using var answer = await browser.GetAsync(new Uri("/sign-in/openid", UriKind.Relative));
        Assert.That(((int)answer.StatusCode, answer.RequestMessage!.RequestUri!.AbsolutePath), Is.EqualTo((403, "/no-access")));
        Assert.That(WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), Does.Contain("no role of Detector is mapped"));
        Assert.That(await browser.StatusAsync("/api/v1/ledger"), Is.EqualTo(401));
    }

    [Test]
    public async Task A_sign_in_that_is_broken_off_forged_or_has_no_provider_ends_on_the_sign_in_page()
    {
        await using var federation = await Federation.StartAsync();
        using var browser = federation.Browser(person: null);
        foreach (var way in new[] { "/sign-in/openid", "/sign-in/openid/callback?code=stolen&state=forged", "/sign-in/openid/callback?code=stolen" })
        {
            using var answer = await browser.GetAsync(new Uri(way, UriKind.Relative));
            Assert.That(((int)answer.StatusCode, answer.RequestMessage!.RequestUri!.PathAndQuery), Is.EqualTo((200, "/sign-in?fault=provider")), way);
            Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("did not work").And.Not.Contain("Exception"));
        }

        Assert.That(await browser.StatusAsync("/api/v1/ledger"), Is.EqualTo(401));

        await using var away = await WebHost.StartAsync(new WebOptions { OpenId = Federation.Options("http://127.0.0.1:9/") });
        using var lost = new HttpClient { BaseAddress = away.Address };
        using var tried = await lost.GetAsync(new Uri("/sign-in/openid", UriKind.Relative));
        Assert.That(((int)tried.StatusCode, tried.RequestMessage!.RequestUri!.PathAndQuery), Is.EqualTo((200, "/sign-in?fault=provider")));
        lost.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", federation.Provider.Token(Federation.Olga));
        Assert.That(await lost.StatusAsync("/api/v1/ledger"), Is.EqualTo(401), "no token of it can be checked");
        using var local = away.Client("olga");
        Assert.That(await local.StatusAsync("/api/v1/ledger"), Is.EqualTo(200), "local users work on");
    }

    [Test]
    public async Task Signing_out_ends_the_session_here_and_offers_to_end_the_one_at_the_provider()
    {
        await using var federation = await Federation.StartAsync();
        using var browser = federation.Browser(Federation.Olga);
        var page = await browser.GetStringAsync(new Uri("/sign-in/openid", UriKind.Relative));
        var token = System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
        using var left = await browser.PostAsync(new Uri("/sign-out", UriKind.Relative), form);
        Assert.That(left.RequestMessage!.RequestUri!.AbsolutePath, Is.EqualTo("/signed-out"));
        Assert.That(await left.Content.ReadAsStringAsync(), Does.Contain("At Grid Login you may still be signed in").And.Contain("/sign-out/openid"));
        Assert.That(await browser.StatusAsync("/api/v1/ledger"), Is.EqualTo(401));
        Assert.That(federation.Provider.Person, Is.Not.Null);

        using var gone = await browser.GetAsync(new Uri("/sign-out/openid", UriKind.Relative));
        Assert.That(federation.Provider.Person, Is.Null, "the provider was asked to end its own");
        Assert.That(gone.RequestMessage!.RequestUri!.Authority, Is.EqualTo(federation.Host.Address.Authority), "and sent the person back");
    }

    [Test]
    public async Task A_session_ends_when_its_time_is_over_however_much_it_is_used()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var federation = await Federation.StartAsync(clock: clock);
        using var browser = federation.Browser(Federation.Olga);
        await browser.GetStringAsync(new Uri("/sign-in/openid", UriKind.Relative));
        for (var hour = 1; hour < 8; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            Assert.That(await browser.StatusAsync("/api/v1/ledger"), Is.EqualTo(200), $"after {hour} h");
        }

        clock.Advance(TimeSpan.FromHours(1));
        Assert.That(await browser.StatusAsync("/api/v1/ledger"), Is.EqualTo(401));
    }
}
