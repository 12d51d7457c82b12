// SPDX-License-Identifier: Apache-2.0
using System.Net;
using System.Net.Http.Headers;
using Detector.Web.Security.OpenId;

namespace Detector.Web.Tests.Security.OpenId;

/// <summary>The web part and a provider that it trusts.</summary>
internal sealed class Federation : IAsyncDisposable
{
    public static readonly ProviderPerson Olga = new("olga", "Olga of the provider", "staff", "grid-desk");
    public static readonly ProviderPerson Sun = new("4f3c-9a", "孙 监督", "grid-approvers");
    public static readonly ProviderPerson Nobody = new("nobody", "No Body", "staff");
    public static readonly ProviderPerson Hai = new("hai", "Hai", "desk-hainan", "desk-qinghai");

    public TestProvider Provider { get; private set; } = null!;

    public WebHost Host { get; private set; } = null!;

    public static async Task<Federation> StartAsync(Action<OpenIdOptions>? change = null, TimeProvider? clock = null)
    {
        var provider = await TestProvider.StartAsync();
        var options = Options(provider.Authority);
        change?.Invoke(options);
        return new Federation
        {
            Provider = provider,
            Host = await WebHost.StartAsync(new WebOptions { OpenId = options, SignInsPerMinute = 1000 }, clock),
        };
    }

    public static OpenIdOptions Options(string authority) => new()
    {
        Authority = authority,
        Name = "Grid Login",
        ClientId = TestProvider.ClientId,
        ClientSecret = TestProvider.Secret,
        Audience = TestProvider.Audience,
        Grants =
        [
            new() { Value = "grid-approvers", Role = "supervisor" },
            new() { Value = "grid-desk", Role = "operator" },
            new() { Value = "desk-hainan", Role = "operator", Regions = ["Hainan"] },
            new() { Value = "desk-qinghai", Role = "operator", Regions = ["Qinghai"] },
        ],
    };

    /// <summary>A client of the API with an access token.</summary>
    public HttpClient Api(string token)
    {
        var client = Host.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A browser without scripts, of a person who is signed in at the provider.</summary>
    public HttpClient Browser(ProviderPerson? person)
    {
        Provider.Person = person;
        return new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), CheckCertificateRevocationList = true }) { BaseAddress = Host.Address };
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
