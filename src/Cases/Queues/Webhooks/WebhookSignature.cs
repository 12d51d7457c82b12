// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Detector.Cases.Queues.Webhooks;

/// <summary>The signature of a posted event: HMAC-SHA256 over the time and the body, so that neither can be changed nor the whole sent again later.</summary>
public static class WebhookSignature
{
    /// <summary>Header with the signature: <c>v1=</c> and 64 hexadecimal digits.</summary>
    public const string Header = "Detector-Signature";

    /// <summary>Header with the time of the attempt, Unix seconds.</summary>
    public const string TimeHeader = "Detector-Timestamp";

    /// <summary>Header with the event's id, by which repeats are dropped.</summary>
    public const string IdHeader = "Detector-Event-Id";

    private const string Version = "v1=";

    /// <summary>The signature over <c>UNIX_SECONDS.BODY</c>.</summary>
    public static string Of(string secret, long unixSeconds, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{unixSeconds}.")));
        hmac.AppendData(body);
        return Version + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    /// <summary>Whether a signature is right and its time is close to now; compared in constant time.</summary>
    public static bool Verify(string secret, string? signature, string? time, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan tolerance) =>
        long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= tolerance.TotalSeconds
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature ?? string.Empty), Encoding.ASCII.GetBytes(Of(secret, seconds, body)));
}
