// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Detector.Cases.Printing;

/// <summary>Puts names that follow from a PDF's content in the place of those that the library draws at random, so that the same content gives the same bytes.</summary>
/// <remarks>
/// Three kinds: the six letters before an embedded part of a typeface (ISO 32000-1, 9.6.4), the identifiers of the metadata, and the file's own (14.4).
/// All keep their length, so that no offset in the file moves.
/// </remarks>
internal static partial class PdfStamp
{
    /// <summary>The same file with settled names.</summary>
    public static byte[] Settle(byte[] file)
    {
        var text = new StringBuilder(Encoding.Latin1.GetString(file)); // a byte a character, so that offsets are those of the file
        var places = Drawn().Matches(text.ToString()).SelectMany(m => m.Groups["drawn"].Captures).ToList();
        foreach (var place in places)
        {
            Put(text, place.Index, new string('A', place.Length));
        }

        var content = Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(text.ToString())));
        foreach (var place in places)
        {
            Put(text, place.Index, place.Value.Contains('-', StringComparison.Ordinal) ? Uuid(content) : place.Length == 6 ? Letters(content) : content[..place.Length]);
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static void Put(StringBuilder text, int at, string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            text[at + i] = value[i];
        }
    }

    private static string Uuid(string content) => new Guid(Convert.FromHexString(content[..32])).ToString();

    /// <summary>Six capitals of hexadecimal digits.</summary>
    private static string Letters(string content) => string.Concat(content[..6].Select(c => (char)(char.IsAsciiDigit(c) ? 'G' + (c - '0') : c)));

    [GeneratedRegex(@"/(?<drawn>[A-Z]{6})\+Noto|uuid:(?<drawn>[0-9a-f-]{36})|/ID\s*\[<(?<drawn>[0-9A-F]{32})><(?<drawn>[0-9A-F]{32})>\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Drawn();
}
