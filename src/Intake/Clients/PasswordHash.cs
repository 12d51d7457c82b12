// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Security.Cryptography;

namespace Detector.Intake.Clients;

/// <summary>A password as it is kept: PBKDF2 with HMAC-SHA-512 (RFC 8018), a salt of its own, and the number of iterations.</summary>
/// <remarks>Text: <c>pbkdf2-sha512:ITERATIONS:SALT:HASH</c>, both in Base64.</remarks>
internal sealed class PasswordHash
{
    /// <summary>Iterations for a password that a person chose (OWASP Password Storage Cheat Sheet, 2023: 210,000 with SHA-512).</summary>
    public const int ChosenIterations = 210_000;

    /// <summary>Iterations for a generated password: 192 random bits cannot be guessed, so stretching would only slow a fleet that connects at once.</summary>
    public const int GeneratedIterations = 1_000;

    private const string Scheme = "pbkdf2-sha512";
    private const int MostIterations = 10_000_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(int iterations, byte[] salt, byte[] hash) => (_iterations, _salt, _hash) = (iterations, salt, hash);

    /// <summary>What verifying costs, iterations.</summary>
    public int Iterations => _iterations;

    /// <summary>The stored bytes.</summary>
    public ReadOnlySpan<byte> Stored => _hash;

    /// <summary>Hashes a password with a fresh salt.</summary>
    public static PasswordHash Make(ReadOnlySpan<byte> password, int iterations)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(iterations, salt, Derive(password, salt, iterations));
    }

    /// <summary>Reads the text form.</summary>
    public static PasswordHash? Parse(string text)
    {
        var parts = text.Split(':');
        return parts is [Scheme, var iterations, var salt, var hash]
            && int.TryParse(iterations, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= MostIterations
            && Bytes(salt) is { Length: SaltBytes } saltBytes && Bytes(hash) is { Length: HashBytes } hashBytes
            ? new PasswordHash(count, saltBytes, hashBytes)
            : null;
    }

    /// <summary>Whether this is the password; takes as long for a wrong one as for the right one.</summary>
    public bool Fits(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(Derive(password, _salt, _iterations), _hash);

    /// <summary>Takes the time of so many iterations and finds out nothing.</summary>
    public static void Spend(ReadOnlySpan<byte> password, int iterations)
    {
        if (iterations > 0)
        {
            Derive(password, new byte[SaltBytes], iterations);
        }
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Scheme}:{_iterations}:{Convert.ToBase64String(_salt)}:{Convert.ToBase64String(_hash)}");

    private static byte[] Derive(ReadOnlySpan<byte> password, byte[] salt, int iterations) => Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashBytes);

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? bytes[..count] : null;
    }
}
