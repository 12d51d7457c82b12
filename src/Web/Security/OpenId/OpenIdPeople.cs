// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Security.Claims;
using Detector.Access;

namespace Detector.Web.Security.OpenId;

/// <summary>Who a person of the identity provider is here, and what the configuration lets them do.</summary>
/// <remarks>A session keeps the values that count, not the role: what they give is asked at every request, so a restart with other grants changes or ends it.</remarks>
internal sealed class OpenIdPeople(OpenIdOptions options, TimeProvider clock)
{
    private const string AuthorityClaim = "detector:authority";
    private const string ValueClaim = "detector:grant";
    private const string UntilClaim = "detector:until";
    private const int LongestDisplay = 100; // a greeting, not a text

    /// <summary>A principal for a person whose token the provider signed; null where the token does not say who they are.</summary>
    /// <param name="claims">What the token says.</param>
    /// <param name="issuer">Who signed it, as checked.</param>
    /// <param name="until">When the proof ends.</param>
    /// <param name="scheme">How they came.</param>
    internal ClaimsPrincipal? PrincipalOf(ClaimsPrincipal claims, string issuer, DateTimeOffset until, string scheme)
    {
        if (FederatedName.Of(issuer, claims.FindFirstValue(options.PersonClaim)) is not { } name)
        {
            return null;
        }

        var held = claims.FindAll(options.RoleClaim).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
        var values = options.Grants.Select(g => g.Value).Where(held.Contains).ToList(); // a person may have hundreds of groups; a cookie has no room for those that say nothing here
        var marks = new List<Claim> { new(AuthorityClaim, options.Authority), new(UntilClaim, until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)) };
        marks.AddRange(values.Select(v => new Claim(ValueClaim, v)));
        return Principals.OfFederated(name, Display(claims.FindFirstValue(options.NameClaim)), Grant(name, values), marks, scheme);
    }

    /// <summary>Whether a principal is a person of an identity provider.</summary>
    internal static bool IsOne(ClaimsPrincipal? principal) => principal?.FindFirst(AuthorityClaim) is not null;

    /// <summary>What a person may do this moment; null where nothing: no value of theirs gives a role, or their time is over.</summary>
    internal Actor? ActorOf(ClaimsPrincipal principal)
    {
        var isGood = options.IsSet && principal.FindFirstValue(AuthorityClaim) == options.Authority
            && long.TryParse(principal.FindFirstValue(UntilClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            && clock.GetUtcNow().ToUnixTimeSeconds() < until;
        return isGood && principal.Identity is { IsAuthenticated: true, Name: { } name } ? Grant(name, [.. principal.FindAll(ValueClaim).Select(c => c.Value)]) : null;
    }

    private Actor? Grant(string name, IReadOnlyCollection<string> values)
    {
        var held = options.Grants.Where(g => values.Contains(g.Value)).ToList();
        if (held.Count == 0 || held[0].Gives is not { } role)
        {
            return null;
        }

        held.RemoveAll(g => g.Gives != role);
        var scope = held.Exists(g => !g.IsLimited) ? null : AccessScope.Of(held.SelectMany(g => g.Regions), held.SelectMany(g => g.Feeders));
        return new Actor(name, role, scope);
    }

    private static string? Display(string? name)
    {
        var shown = new string([.. (name ?? string.Empty).Where(c => !char.IsControl(c))]).Trim();
        return shown.Length is > 0 and <= LongestDisplay ? shown : null;
    }
}
