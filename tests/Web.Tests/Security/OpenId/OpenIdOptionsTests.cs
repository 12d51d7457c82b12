// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Access;
using Detector.Testing;
using Detector.Web.Security.OpenId;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Web.Tests.Security.OpenId;

/// <summary>The section <c>Http:OpenId</c>: each mistake by its key, with the remedy.</summary>
[TestFixture]
internal sealed class OpenIdOptionsTests
{
    private static readonly (string Key, string Text, Action<OpenIdOptions> Change)[] Mistakes =
    [
        ("Authority", "https (http only on loopback)", o => o.Authority = "http://login.example/"),
        ("Authority", "https (http only on loopback)", o => o.Authority = "login.example"),
        ("Authority", "without user, query", o => o.Authority = "https://a:b@login.example/"),
        ("Authority", "where the rest of the section is set", o => o.Authority = string.Empty),
        ("ClientId", "/sign-in/openid/callback", o => o.ClientId = string.Empty),
        ("ClientSecretFile", "given twice", o => o.ClientSecretFile = "/run/secrets/openid"),
        ("Audience", "another than ClientId", o => o.Audience = o.ClientId),
        ("PublicAddress", "nothing after the host", o => o.PublicAddress = "https://detector.example/console"),
        ("PublicAddress", "https", o => o.PublicAddress = "http://detector.example"),
        ("PersonClaim", "required", o => o.PersonClaim = string.Empty),
        ("Grants", "nobody may do anything", o => o.Grants.Clear()),
        ("Grants:0:Role", "operator, supervisor", o => o.Grants[0].Role = "boss"),
        ("Grants:1:Value", "each once", o => o.Grants[1].Value = o.Grants[0].Value),
        ("Grants:0", "not by both", o => (o.Grants[0].Regions, o.Grants[0].Feeders) = (["Hainan"], ["F-1"])),
        ("Grants", "all by Regions or all by Feeders", o => o.Grants.Add(new() { Value = "f", Role = "operator", Feeders = ["F-1"] })),
    ];

    [TestCaseSource(nameof(Numbers))]
    public void A_mistake_is_named_by_its_key_with_the_remedy(int number)
    {
        var (key, text, change) = Mistakes[number];
        var options = Federation.Options("https://login.example/realms/grid");
        Assert.That(Faults(options), Is.Empty);
        change(options);
        Assert.That(Faults(options), Has.Some.StartsWith($"{key}: ").And.Some.Contains(text));
        Assert.That(Faults(options), Has.None.Contains(TestProvider.Secret));
    }

    [Test]
    public void Left_out_it_is_off_and_faultless_and_mistakes_stop_the_start_of_the_web_part()
    {
        Assert.That((new OpenIdOptions().IsSet, Faults(new OpenIdOptions()).Count), Is.EqualTo((false, 0)));
        var fault = Assert.Throws<ValidationException>(() => new ServiceCollection().AddDetectorWeb(new WebOptions { OpenId = new OpenIdOptions { Authority = "http://login.example" } }));
        Assert.That(fault!.Message, Does.Contain("Http:OpenId:Authority").And.Contain("Http:OpenId:ClientId").And.Contain("Http:OpenId:Grants"));
    }

    [Test]
    public async Task The_secret_is_the_first_line_of_its_file()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("secret"), TestProvider.Secret + "\nnot this\n");
        await using var federation = await Federation.StartAsync(o => (o.ClientSecret, o.ClientSecretFile) = (string.Empty, folder.In("secret")));
        using var browser = federation.Browser(Federation.Olga);
        Assert.That(await browser.GetStringAsync(new Uri("/sign-in/openid", UriKind.Relative)), Does.Contain("data-testid=\"who\""));

        var absent = Federation.Options("https://login.example/");
        (absent.ClientSecret, absent.ClientSecretFile) = (string.Empty, folder.In("absent"));
        Assert.That(Faults(absent), Has.Some.StartsWith("ClientSecretFile: it cannot be read"));
    }

    [Test]
    public void What_a_session_gives_follows_the_configuration_and_the_clock()
    {
        var clock = new FakeTimeProvider(Sample.Start);
        var options = Federation.Options("https://login.example/realms/grid");
        var principal = Of(options, clock, "olga", "grid-desk", "desk-hainan");
        Actor? ActorUnder(OpenIdOptions now) => new OpenIdPeople(now, clock).ActorOf(principal);
        Assert.That(ActorUnder(options), Is.EqualTo(new Actor("https://login.example/realms/grid#olga", Role.Operator)), "a grant without limits lifts those of the others");

        var narrower = Federation.Options(options.Authority);
        narrower.Grants.RemoveAt(1);
        Assert.That(ActorUnder(narrower)!.Scope, Is.EqualTo(AccessScope.Of(["Hainan"], [])));
        narrower.Grants.Clear();
        Assert.That(ActorUnder(narrower), Is.Null);
        Assert.That(ActorUnder(Federation.Options("https://other.example/")), Is.Null, "another provider's session is nobody's");
        Assert.That(ActorUnder(new OpenIdOptions()), Is.Null, "switched off");
        clock.Advance(TimeSpan.FromHours(2));
        Assert.That(ActorUnder(options), Is.Null, "over");
    }

    [Test]
    public void The_first_grant_decides_the_role()
    {
        var options = Federation.Options("https://login.example/realms/grid");
        Assert.That(new OpenIdPeople(options, TimeProvider.System).ActorOf(Of(options, TimeProvider.System, "x", "grid-desk", "grid-approvers"))!.Role, Is.EqualTo(Role.Supervisor));
    }

    private static IEnumerable<int> Numbers() => Enumerable.Range(0, Mistakes.Length);

    private static System.Security.Claims.ClaimsPrincipal Of(OpenIdOptions options, TimeProvider clock, string person, params string[] roles) =>
        new OpenIdPeople(options, clock).PrincipalOf(
            new(new System.Security.Claims.ClaimsIdentity([new("sub", person), .. roles.Select(r => new System.Security.Claims.Claim("roles", r))], "test")),
            options.Authority,
            clock.GetUtcNow().AddHours(1),
            "test")!;

    private static List<string> Faults(OpenIdOptions options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return [.. faults.Select(f => $"{string.Join(',', f.MemberNames)}: {f.ErrorMessage}")];
    }
}
