// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Detector.Intake.Tls;

/// <summary>Certificates and keys as files hold them.</summary>
internal static class CertificateFiles
{
    /// <summary>A certificate with its key, and the intermediate ones that were beside it.</summary>
    /// <param name="options">The files.</param>
    /// <param name="section">The configuration section, for messages.</param>
    /// <exception cref="CertificateException">A file is missing, of another format or locked by another password; the message names key, file and remedy, and no secret.</exception>
    public static (X509Certificate2 Own, X509Certificate2Collection Others) Load(CertificateOptions options, string section)
    {
        var content = Read(options.Certificate, $"{section}:Certificate");
        var password = PasswordOf(options, section);
        try
        {
            return IsPem(content) ? FromPem(Encoding.UTF8.GetString(content), options, section, password) : FromPkcs12(content, options, section, password);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            throw new CertificateException(
                $"{section}:Certificate is {options.Certificate}{(options.Key.Length > 0 ? $" with {section}:Key {options.Key}" : string.Empty)}: certificate and key cannot be used together: {fault.Message} Check that they belong together, and the password.", fault);
        }
    }

    /// <summary>The certificates of a PEM file.</summary>
    /// <exception cref="CertificateException">It is missing or holds none.</exception>
    public static X509Certificate2Collection Authorities(string file, string key)
    {
        var content = Read(file, key);
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(Encoding.UTF8.GetString(content));
        }
        catch (CryptographicException fault)
        {
            throw new CertificateException($"{key} is {file}: it cannot be read: {fault.Message}", fault);
        }

        return all.Count > 0 ? all : throw new CertificateException($"{key} is {file}: it holds no certificate in PEM (-----BEGIN CERTIFICATE-----).");
    }

    /// <summary>Trust in these roots and in no other; revocation is not asked for, since meters' networks reach no responder.</summary>
    public static X509ChainPolicy TrustOnly(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static (X509Certificate2 Own, X509Certificate2Collection Others) FromPem(string text, CertificateOptions options, string section, string? password)
    {
        var key = options.Key.Length > 0 ? Encoding.UTF8.GetString(Read(options.Key, $"{section}:Key")) : text;
        var isLocked = key.Contains("ENCRYPTED PRIVATE KEY", StringComparison.Ordinal);
        if (isLocked && password is null)
        {
            throw new CertificateException($"{section}:Key is locked by a password; give it in {section}:PasswordFile, or in the environment as {section}:Password.");
        }

        var own = isLocked ? X509Certificate2.CreateFromEncryptedPem(text, key, password) : X509Certificate2.CreateFromPem(text, key);
        var others = new X509Certificate2Collection();
        others.ImportFromPem(text);
        var self = others.FirstOrDefault(c => c.RawDataMemory.Span.SequenceEqual(own.RawDataMemory.Span));
        if (self is not null)
        {
            others.Remove(self);
            self.Dispose();
        }

        return (own, others);
    }

    private static (X509Certificate2 Own, X509Certificate2Collection Others) FromPkcs12(byte[] content, CertificateOptions options, string section, string? password)
    {
        if (options.Key.Length > 0)
        {
            throw new CertificateException($"{section}:Key is set, but {options.Certificate} is not PEM: a PKCS#12 file holds its own key. Leave {section}:Key out, or name a PEM file.");
        }

        var all = X509CertificateLoader.LoadPkcs12Collection(content, password);
        var own = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw new CertificateException($"{section}:Certificate is {options.Certificate}: it holds no private key.");
        all.Remove(own);
        return (own, all);
    }

    private static string? PasswordOf(CertificateOptions options, string section)
    {
        if (options.PasswordFile.Length == 0)
        {
            return options.Password.Length > 0 ? options.Password : null;
        }

        return Secrets.FirstLine(options.PasswordFile) ?? throw new CertificateException($"{section}:PasswordFile is {options.PasswordFile}: it cannot be read or is empty.");
    }

    private static byte[] Read(string file, string key)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CertificateException($"{key} is {file}: {fault.Message}", fault);
        }
    }

    private static bool IsPem(ReadOnlySpan<byte> content) => content.IndexOf("-----BEGIN "u8) >= 0;
}

/// <summary>A certificate, key or authority cannot be used; the message names the configuration key, the file and the remedy.</summary>
public sealed class CertificateException(string message, Exception? inner = null) : Exception(message, inner);
