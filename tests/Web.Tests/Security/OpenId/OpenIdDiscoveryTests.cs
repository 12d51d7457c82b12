// SPDX-License-Identifier: Apache-2.0
using Detector.Web.Security.OpenId;

namespace Detector.Web.Tests.Security.OpenId;

/// <summary>What the doctor sees of an identity provider.</summary>
[TestFixture]
internal sealed class OpenIdDiscoveryTests
{
    [Test]
    public async Task A_provider_that_signs_people_in_is_well_and_one_that_is_away_or_another_is_named()
    {
        await using var provider = await TestProvider.StartAsync();
        var well = await OpenIdDiscovery.LookAsync(Federation.Options(provider.Authority), CancellationToken.None);
        Assert.That(well, Is.EqualTo(new OpenIdLook(null, true)));

        var other = await OpenIdDiscovery.LookAsync(Federation.Options(provider.Authority.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)), CancellationToken.None);
        Assert.That(other.Fault, Is.Null, "this provider takes the name that it is asked by");

        var away = await OpenIdDiscovery.LookAsync(Federation.Options("http://127.0.0.1:9/"), CancellationToken.None);
        Assert.That(away.Reached, Is.False);
        Assert.That(away.Fault, Does.Contain("http://127.0.0.1:9/.well-known/openid-configuration cannot be read").And.Contain("Http:OpenId:Authority"));

        await using var host = await WebHost.StartAsync();
        var none = await OpenIdDiscovery.LookAsync(Federation.Options(host.Address.ToString()), CancellationToken.None);
        Assert.That(none.Fault, Does.Contain("Check Http:OpenId:Authority"), "a server that is no provider");
    }

    [TestCase("""{"issuer":"https://other.example","authorization_endpoint":"A","token_endpoint":"T","jwks_uri":"J"}""", "calls itself 'https://other.example'")]
    [TestCase("""{"issuer":"I","authorization_endpoint":"A","jwks_uri":"J"}""", "lacks token_endpoint")]
    [TestCase("""{"issuer":"I","authorization_endpoint":"A","token_endpoint":"T","jwks_uri":"J","code_challenge_methods_supported":["plain"]}""", "no signing key")]
    [TestCase("not JSON", "Check Http:OpenId:Authority")]
    public async Task What_a_discovery_document_lacks_is_said(string document, string said)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        var address = string.Empty;
        app.MapGet("/.well-known/openid-configuration", () => document.Replace("\"I\"", $"\"{address}\"", StringComparison.Ordinal).Replace("\"J\"", $"\"{address}/keys\"", StringComparison.Ordinal));
        app.MapGet("/keys", () => """{"keys":[]}""");
        await app.StartAsync();
        address = app.Urls.Single();
        var look = await OpenIdDiscovery.LookAsync(Federation.Options(address), CancellationToken.None);
        Assert.That(look.Fault, Does.Contain(said));
        Assert.That(look.Reached);
    }
}
