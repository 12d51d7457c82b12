// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography.X509Certificates;

namespace Detector.Intake.Clients;

/// <summary>Names of authenticated clients, and the session names that belong to them.</summary>
/// <remarks>
/// A session of an authenticated client is known inside as <c>name/client id</c>. So no client can take over or squat on the session of another by giving its client id,
/// and tools that make up a client id stay welcome. The client itself never sees it.
/// </remarks>
internal static class ClientName
{
    /// <summary>Longest name, in characters.</summary>
    public const int Longest = 128;

    /// <summary>A name that no client can have, for what the service itself publishes.</summary>
    public const string Service = "/detector";

    private const char Between = '/';
    private const string CommonName = "2.5.4.3"; // X.520 id-at-commonName

    /// <summary>Why a text cannot be a client's name; null where it can. It stands for one level of a topic.</summary>
    public static string? Fault(string name) => name switch
    {
        { Length: 0 } => "it is empty",
        { Length: > Longest } => $"it is longer than {Longest} characters",
        _ when name.AsSpan().ContainsAny("/+#:$") => "it must not contain any of / + # : $",
        _ when name.Any(c => char.IsControl(c) || char.IsSurrogate(c)) || name.Trim().Length != name.Length => "it must not contain control characters, or begin or end with white space",
        _ => null,
    };

    /// <summary>The common name of a certificate's subject; empty where it has none, or several.</summary>
    public static string Of(X509Certificate2 certificate)
    {
        var names = certificate.SubjectName.EnumerateRelativeDistinguishedNames(reversed: false)
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == CommonName)
            .Select(part => part.GetSingleElementValue() ?? string.Empty)
            .ToList();
        return names is [var only] ? only : string.Empty; // two names are not one identity
    }

    /// <summary>The inner session name of a client id; <paramref name="name"/> is null for anonymous clients, whose ids stay as they are unless they could be mistaken.</summary>
    public static string Session(string? name, string clientId) =>
        name is not null ? $"{name}{Between}{clientId}" : clientId.Contains(Between, StringComparison.Ordinal) ? Between + clientId : clientId;

    /// <summary>The name of the client that a session belongs to; null for an anonymous one.</summary>
    public static string? OfSession(string session) => session.IndexOf(Between, StringComparison.Ordinal) is > 0 and var at ? session[..at] : null;
}
