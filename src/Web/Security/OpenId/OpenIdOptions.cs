// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Web.Security.OpenId;

/// <summary>Sign-in by an OpenID Connect provider: section <c>Http:OpenId</c>. Off where it is left out.</summary>
public sealed class OpenIdOptions : IValidatableObject
{
    /// <summary>Address of the provider (its issuer), such as <c>https://login.example/realms/grid</c>; https unless it is on this machine.</summary>
    public string Authority { get; set; } = string.Empty;

    /// <summary>Name of the provider for people, on the page where they sign in; empty: its host.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>As what the provider knows the console.</summary>
    public string ClientId { get; set; } = string.Empty;

    /// <summary>Secret of the console at the provider, best given by the environment; better by <see cref="ClientSecretFile"/>. None for a public client.</summary>
    public string ClientSecret { get; set; } = string.Empty;

    /// <summary>A file whose first line is that secret.</summary>
    public string ClientSecretFile { get; set; } = string.Empty;

    /// <summary>Audience that access tokens must name to open the API; empty: the API takes only tokens of its own.</summary>
    public string Audience { get; set; } = string.Empty;

    /// <summary>Address under which people reach the console, such as <c>https://detector.example</c>, where a proxy stands before it; empty: as the request came.</summary>
    public string PublicAddress { get; set; } = string.Empty;

    /// <summary>Scopes to ask for besides <c>openid</c>; none: <c>profile</c>.</summary>
    public List<string> Scopes { get; set; } = [];

    /// <summary>Claim that names a person for good, alike in ID tokens and access tokens; the audit keeps it.</summary>
    [Required]
    public string PersonClaim { get; set; } = "sub";

    /// <summary>Claim with the name to greet a person by.</summary>
    [Required]
    public string NameClaim { get; set; } = "name";

    /// <summary>Claim that carries roles or groups.</summary>
    [Required]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>What each of its values gives. The first that a person has decides the role; limits of all they have of that role are joined.</summary>
    public List<OpenIdGrant> Grants { get; set; } = [];

    /// <summary>Whether it is on.</summary>
    public bool IsSet => Authority.Length > 0;

    /// <summary>How people know the provider.</summary>
    internal string DisplayName => Name.Length > 0 ? Name : Uri.TryCreate(Authority, UriKind.Absolute, out var address) ? address.Host : Authority;

    /// <summary>Whether the provider is on this machine, where plain HTTP is taken.</summary>
    internal bool IsOnLoopback => Uri.TryCreate(Authority, UriKind.Absolute, out var address) && address.IsLoopback;

    /// <summary>The secret, read at each start; null for a public client.</summary>
    internal string? Secret => ClientSecretFile.Length > 0 ? FirstLine(ClientSecretFile) : ClientSecret.Length > 0 ? ClientSecret : null;

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsSet)
        {
            return ClientId.Length > 0 || ClientSecret.Length > 0 || ClientSecretFile.Length > 0 || Audience.Length > 0 || Grants.Count > 0
                ? [new ValidationResult("it must be the address of the identity provider, such as https://login.example/realms/grid, where the rest of the section is set; or leave the section out", [nameof(Authority)])]
                : [];
        }

        return AddressFaults().Concat(ClientFaults()).Concat(GrantFaults());
    }

    private IEnumerable<ValidationResult> AddressFaults()
    {
        if (!IsSafe(Authority))
        {
            yield return new ValidationResult("it must be the provider's address with https (http only on loopback), without user, query or fragment", [nameof(Authority)]);
        }

        if (PublicAddress.Length > 0 && !(IsSafe(PublicAddress) && new Uri(PublicAddress).AbsolutePath == "/"))
        {
            yield return new ValidationResult("it must be the console's address with https and nothing after the host, such as https://detector.example", [nameof(PublicAddress)]);
        }
    }

    private IEnumerable<ValidationResult> ClientFaults()
    {
        if (ClientId.Length == 0)
        {
            yield return new ValidationResult("it must be the id that the provider gave the console; register it there with the redirect address /sign-in/openid/callback", [nameof(ClientId)]);
        }

        if (ClientSecret.Length > 0 && ClientSecretFile.Length > 0)
        {
            yield return new ValidationResult("the secret is given twice; keep one of ClientSecret and ClientSecretFile", [nameof(ClientSecretFile)]);
        }
        else if (ClientSecretFile.Length > 0 && Secret is null)
        {
            yield return new ValidationResult("it cannot be read or is empty; its first line must be the secret", [nameof(ClientSecretFile)]);
        }

        if (Audience.Length > 0 && Audience == ClientId)
        {
            yield return new ValidationResult("it must be another than ClientId: ID tokens name the client as their audience, and they must not open the API; register the API at the provider as a resource of its own", [nameof(Audience)]);
        }
    }

    private IEnumerable<ValidationResult> GrantFaults()
    {
        if (Grants.Count == 0)
        {
            yield return new ValidationResult("it must say which values of the claim give which role, such as [{\"Value\":\"grid-desk\",\"Role\":\"operator\"}]; without one nobody may do anything", [nameof(Grants)]);
        }

        for (var i = 0; i < Grants.Count; i++)
        {
            var (grant, at) = (Grants[i], FormattableString.Invariant($"{nameof(Grants)}:{i}"));
            if (string.IsNullOrWhiteSpace(grant.Value) || Grants.Take(i).Any(g => g.Value == grant.Value))
            {
                yield return new ValidationResult("it must be a value of the claim, each once", [$"{at}:{nameof(OpenIdGrant.Value)}"]);
            }

            if (grant.Gives is null)
            {
                yield return new ValidationResult("it must be operator, supervisor, analyst, auditor or admin", [$"{at}:{nameof(OpenIdGrant.Role)}"]);
            }

            if (grant.IsLimited && (grant.Regions.Count > 0) == (grant.Feeders.Count > 0))
            {
                yield return new ValidationResult("it must limit by Regions or by Feeders, not by both", [at]);
            }
        }

        foreach (var mixed in Grants.Where(g => g.Gives is not null).GroupBy(g => g.Gives!.Value).Where(r => r.Any(g => g.Regions.Count > 0) && r.Any(g => g.Feeders.Count > 0)))
        {
            yield return new ValidationResult($"those of one role must limit all by Regions or all by Feeders, so that limits can be joined; see {Access.RoleNames.Name(mixed.Key)}", [nameof(Grants)]);
        }
    }

    private static bool IsSafe(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0;

    private static string? FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault() is { } line && line.Trim() is { Length: > 0 } secret ? secret : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
