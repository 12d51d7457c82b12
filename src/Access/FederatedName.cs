// SPDX-License-Identifier: Apache-2.0
namespace Detector.Access;

/// <summary>Names of people whom an identity provider knows: <c>ISSUER#PERSON</c>, the issuer an address.</summary>
/// <remarks>
/// An issuer has no fragment (OpenID Connect Discovery 1.0, 3), so the first <c>#</c> ends it whatever the provider calls people, and two
/// people of two providers never share a name. No local user can have such a name, so a local user and a person of a provider are never one.
/// </remarks>
public static class FederatedName
{
    /// <summary>Longest text by which a provider may name a person, in characters (OpenID Connect Core 1.0, 2, on <c>sub</c>).</summary>
    public const int LongestPerson = 255;

    /// <summary>What every such name has and no local user's may have.</summary>
    public const string Mark = "://";

    /// <summary>The name of a person of an issuer; null where the text cannot name anybody: empty, too long, or with characters that a log line could not show.</summary>
    public static string? Of(string issuer, string? person) =>
        person is { Length: > 0 and <= LongestPerson } && person == person.Trim() && !person.Any(c => char.IsControl(c) || char.IsSurrogate(c))
        && IsOne(issuer) && !issuer.Contains('#', StringComparison.Ordinal)
            ? $"{issuer}#{person}"
            : null;

    /// <summary>Whether a name is of this kind.</summary>
    public static bool IsOne(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Contains(Mark, StringComparison.Ordinal);
    }
}
