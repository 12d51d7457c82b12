// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Detector.Access;

/// <summary>The text of a bearer token and its hash. The text exists only where it is shown once and in a caller's request.</summary>
/// <remarks>256 random bits need no salt and no slow hash: guessing them is not feasible (NIST SP 800-63B, look-up secrets of 112 bits and more).</remarks>
internal static class TokenSecret
{
    /// <summary>Start of every token, so that people and secret scanners recognise one.</summary>
    public const string Prefix = "det_";

    /// <summary>Bytes of the hash under which the store looks a token up; the whole hash is then compared in constant time.</summary>
    public const int KeyBytes = 8;

    private const int SecretBytes = 32;
    private const int LongestText = 128;

    /// <summary>A new token.</summary>
    public static string Make() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>SHA-256 of the text, or null where the text cannot be a token.</summary>
    public static byte[]? Hash(string? text) =>
        text is { Length: > 4 and <= LongestText } && text.StartsWith(Prefix, StringComparison.Ordinal)
            ? SHA256.HashData(Encoding.UTF8.GetBytes(text))
            : null;
}
