// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using System.Text;
using Detector.Metering;
using Microsoft.IdentityModel.Tokens;

namespace Detector.Web.Tests.Security.OpenId;

/// <summary>The provider's access tokens at the API: what opens it, what does not, and who acts.</summary>
[TestFixture]
internal sealed class AccessTokenTests
{
    private Federation _federation = null!;

    private TestProvider Provider => _federation.Provider;

    [SetUp]
    public async Task Start()
    {
        _federation = await Federation.StartAsync();
        _federation.Host.Registry.Replace(new SiteRegistry(
        [
            Sample.Registration("m-1", "s-1", "Here") with { Region = "Hainan" },
            Sample.Registration("m-2", "s-2", "There") with { Region = "Zhejiang" },
            Sample.Registration("m-3", "s-3", "Also here") with { Region = "Qinghai" },
        ]));
        foreach (var (meter, site) in new[] { ("m-1", "s-1"), ("m-2", "s-2"), ("m-3", "s-3") })
        {
            await _federation.Host.Desk.ConsiderAsync(Sample.Finding(meter, site, Verdict.Case), CancellationToken.None);
        }
    }

    [TearDown]
    public async Task Stop() => await _federation.DisposeAsync();

    [Test]
    public async Task An_access_token_opens_the_api_beside_tokens_of_our_own()
    {
        using var client = _federation.Api(Provider.Token(Federation.Olga));
        Assert.That(await client.StatusAsync("/api/v1/ledger"), Is.EqualTo(200));
        using var local = _federation.Host.Client("olga");
        Assert.That(await local.StatusAsync("/api/v1/ledger"), Is.EqualTo(200));
    }

    [Test]
    public async Task What_the_provider_did_not_sign_for_this_api_now_is_401_with_its_reason()
    {
        using var foreign = RSA.Create(2048);
        using var named = RSA.Create(2048);
        var guessed = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(new string('k', 64))) { KeyId = "k1" };
        var good = Provider.Token(Federation.Olga);
        foreach (var (what, token, reason) in new[]
        {
            ("expired", Provider.Token(Federation.Olga, life: TimeSpan.FromMinutes(-30)), "expired"),
            ("for the console", Provider.Token(Federation.Olga, audience: TestProvider.ClientId), "another audience"),
            ("for nobody", Provider.Token(Federation.Olga, audience: null), "another audience"),
            ("of another issuer", Provider.Token(Federation.Olga, issuer: "https://evil.example/"), "not one that"),
            ("by an unknown key", Provider.Token(Federation.Olga, key: new RsaSecurityKey(foreign) { KeyId = "k2" }), "not one that"),
            ("by a key that takes a known name", Provider.Token(Federation.Olga, key: new RsaSecurityKey(named) { KeyId = "k1" }), "not one that"),
            ("by a shared secret", Provider.Token(Federation.Olga, key: guessed, algorithm: SecurityAlgorithms.HmacSha256), "not one that"),
            ("unsigned", Unsigned(good), "not one that"),
            ("changed", good[..^8] + "AAAAAAAA", "not one that"),
            ("of nobody", Provider.Token(new ProviderPerson(string.Empty, "x", "grid-desk")), "does not say who"),
            ("of a name too long", Provider.Token(new ProviderPerson(new string('x', 256), "x", "grid-desk")), "does not say who"),
        })
        {
            using var client = _federation.Api(token);
            using var answer = await client.GetAsync(new Uri("/api/v1/ledger", UriKind.Relative));
            var body = await answer.JsonAsync();
            Assert.That((int)answer.StatusCode, Is.EqualTo(401), what);
            Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"), what);
            Assert.That(body.GetProperty("detail").GetString(), Does.Contain(reason), what);
            Assert.That(answer.Headers.WwwAuthenticate.ToString(), Does.StartWith("Bearer"), what);
        }
    }

    [Test]
    public async Task Without_a_mapped_role_everything_is_403_and_an_operator_may_what_operators_may()
    {
        using var nobody = _federation.Api(Provider.Token(Federation.Nobody));
        foreach (var path in new[] { "/api/v1/ledger", "/api/v1/cases", "/api/v1/events", "/openapi/v1.json", "/" })
        {
            using var answer = await nobody.GetAsync(new Uri(path, UriKind.Relative));
            Assert.That((int)answer.StatusCode, Is.EqualTo(403), path);
            Assert.That((await answer.JsonAsync()).GetProperty("detail").GetString(), Does.Contain("No role is mapped"), path);
        }

        Assert.That((await nobody.PostAsync("/api/v1/cases/c-1/transitions", """{"verb":"triage","evidence_version":1}""")).Status, Is.EqualTo(403));
        using var operates = _federation.Api(Provider.Token(Federation.Olga));
        Assert.That((await operates.PostAsync("/api/v1/dead-letters/replay", "{}")).Status, Is.EqualTo(200));
        using var supervises = _federation.Api(Provider.Token(Federation.Sun));
        Assert.That((await supervises.PostAsync("/api/v1/dead-letters/replay", "{}")).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task Limits_of_all_groups_of_a_role_are_joined_and_what_is_elsewhere_is_404()
    {
        using var client = _federation.Api(Provider.Token(Federation.Hai));
        Assert.That((await client.GetJsonAsync("/api/v1/sites")).EnumerateArray().Select(s => s.GetProperty("site").GetString()), Is.EquivalentTo(new[] { "s-1", "s-3" }));
        Assert.That(await client.StatusAsync("/api/v1/cases/c-1"), Is.EqualTo(200));
        Assert.That(await client.StatusAsync("/api/v1/cases/c-2"), Is.EqualTo(404));
        Assert.That(await client.StatusAsync("/api/v1/meters/m-2/readings"), Is.EqualTo(404));
        Assert.That((await client.PostAsync("/api/v1/cases/c-2/transitions", """{"verb":"triage","evidence_version":1}""")).Status, Is.EqualTo(404));
        Assert.That((await client.PostAsync("/api/v1/cases/c-1/transitions", """{"verb":"triage","evidence_version":1}""")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task One_person_by_api_and_console_is_one_and_a_local_user_of_the_same_name_is_another()
    {
        using var provided = _federation.Api(Provider.Token(Federation.Olga));
        foreach (var verb in new[] { "triage", "start-inspection", "confirm" })
        {
            Assert.That((await MoveAsync(provided, verb)).Status, Is.EqualTo(200), verb);
        }

        Assert.That((await MoveAsync(provided, "confirm")).Status, Is.EqualTo(403), "the same person twice");
        using var browser = _federation.Browser(Federation.Olga);
        await browser.GetStringAsync(new Uri("/sign-in/openid", UriKind.Relative));
        Assert.That((await MoveAsync(browser, "confirm")).Status, Is.EqualTo(403), "the same person by the console");

        using var local = _federation.Host.Client("olga");
        var (status, body) = await MoveAsync(local, "confirm");
        Assert.That((status, body.GetProperty("state").GetString()), Is.EqualTo((200, "confirmed")), "a local user called olga is another person");
        var actors = (await _federation.Host.Desk.GetAsync("c-1", CancellationToken.None))!.Events.Select(e => e.Actor).Distinct();
        Assert.That(actors, Is.EquivalentTo(new[] { "detector", $"{Provider.Authority}#olga", "olga" }), "the audit says which of them");
    }

    [Test]
    public async Task A_person_of_the_provider_takes_a_case_and_cannot_be_guessed_as_the_taker_by_others()
    {
        using var provided = _federation.Api(Provider.Token(Federation.Olga));
        var name = $"{Provider.Authority}#olga";
        var (status, body) = await provided.PostAsync("/api/v1/cases/c-1/assignment", $$"""{"assignee":"{{name}}"}""");
        Assert.That((status, body.GetProperty("assignee").GetString()), Is.EqualTo((200, name)));
        using var local = _federation.Host.Client("olga");
        Assert.That((await local.PostAsync("/api/v1/cases/c-1/assignment", $$"""{"assignee":"{{name}}x"}""")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Without_an_audience_the_api_takes_no_access_token()
    {
        await using var federation = await Federation.StartAsync(o => o.Audience = string.Empty);
        using var client = federation.Api(federation.Provider.Token(Federation.Olga));
        Assert.That(await client.StatusAsync("/api/v1/ledger"), Is.EqualTo(401));
    }

    private static async Task<(int Status, System.Text.Json.JsonElement Body)> MoveAsync(HttpClient client, string verb) =>
        await client.PostAsync("/api/v1/cases/c-1/transitions", $$"""{"verb":"{{verb}}","evidence_version":1}""");

    private static string Unsigned(string token) => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"at+jwt"}""")}.{token.Split('.')[1]}.";
}
