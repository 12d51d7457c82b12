// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;

namespace Detector.Cases.Dossier;

/// <summary>The signature of a dossier: RSA with PKCS#1 v1.5 padding over SHA-256 of its checksums, which cover every other byte of it.</summary>
/// <remarks>This scheme because the same key and bytes always give the same signature, so a signed dossier stays identical when remade; the
/// platform offers no deterministic one on elliptic curves (docs/decisions/0020-dossier-signature.md). OpenSSL checks it, too:
/// <c>openssl dgst -sha256 -verify public.pem -signature SHA256SUMS.sig SHA256SUMS</c>.</remarks>
public static class DossierSignature
{
    /// <summary>Shortest key that is taken, in bits.</summary>
    public const int ShortestKey = 3072;

    /// <summary>Whether dossiers can be signed as the settings say; throws where they ask for a signature and it cannot be made.</summary>
    /// <exception cref="InvalidDataException">The key's file is missing or holds no such key; the message names the setting.</exception>
    public static bool IsReady(DossierOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.SigningKey.Length > 0 && Sign([], options.SigningKey).Length > 0; // one made in vain, because only that tells a private key
    }

    /// <summary>Signs checksums with the private key in a file.</summary>
    /// <exception cref="InvalidDataException">The file is missing or holds no such key.</exception>
    internal static byte[] Sign(byte[] sums, string privateKeyFile)
    {
        try
        {
            using var key = Load(privateKeyFile);
            return key.SignData(sums, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or CryptographicException)
        {
            var why = fault is CryptographicException ? $"{privateKeyFile} holds a public key; signing needs the private one." : fault.Message;
            throw new InvalidDataException($"Cases:Dossier:SigningKey cannot be used: {why}", fault);
        }
    }

    /// <summary>Whether a signature is of these checksums by the key in a file, public or private.</summary>
    /// <exception cref="InvalidDataException">The file holds no such key.</exception>
    internal static bool IsBy(byte[] sums, byte[] signature, string publicKeyFile)
    {
        using var key = Load(publicKeyFile);
        return key.VerifyData(sums, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static RSA Load(string file)
    {
        var text = File.ReadAllText(file);
        var key = RSA.Create();
        try
        {
            key.ImportFromPem(text);
            return key.KeySize >= ShortestKey
                ? key
                : throw new InvalidDataException($"{file} holds a key of {key.KeySize} bits; it must have at least {ShortestKey} (openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072).");
        }
        catch (Exception fault)
        {
            key.Dispose();
            if (fault is ArgumentException or CryptographicException)
            {
                throw new InvalidDataException($"{file} holds no readable RSA key in PEM without a password.", fault);
            }

            throw;
        }
    }
}
