// SPDX-License-Identifier: Apache-2.0
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Detector.Testing;

/// <summary>A certificate authority for one test, and what it signs, as files in a folder.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly string _folder;
    private readonly X509Certificate2 _root;
    private int _serial;

    /// <summary>Makes an authority and writes its root.</summary>
    public TestAuthority(string folder, string name)
    {
        _folder = folder;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _root = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        RootFile = Path.Combine(folder, $"{name}.pem");
        File.WriteAllText(RootFile, _root.ExportCertificatePem() + "\n");
    }

    /// <summary>The root in PEM.</summary>
    public string RootFile { get; }

    /// <summary>A certificate of this machine, for localhost and 127.0.0.1.</summary>
    public (string Certificate, string Key) Server(string file = "server") => Sign(file, "localhost", server: true);

    /// <summary>A certificate of a client, its name as the common name.</summary>
    public (string Certificate, string Key) Client(string name) => Sign($"client-{name}", name, server: false);

    /// <summary>A certificate of this machine with its key in one PKCS#12 file, locked by a password.</summary>
    public string ServerPkcs12(string password)
    {
        var (certificate, key) = Server("packed");
        using var both = X509Certificate2.CreateFromPemFile(certificate, key);
        var path = Path.Combine(_folder, "packed.p12");
        File.WriteAllBytes(path, both.Export(X509ContentType.Pkcs12, password));
        return path;
    }

    /// <inheritdoc />
    public void Dispose() => _root.Dispose();

    private (string Certificate, string Key) Sign(string file, string name, bool server)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name},O=Test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(server ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], critical: false)); // serverAuth, clientAuth
        if (server)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            names.AddIpAddress(IPAddress.Loopback);
            request.CertificateExtensions.Add(names.Build());
        }

        using var signed = request.Create(_root, TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(7), [1, (byte)++_serial]);
        var (certificate, keyFile) = (Path.Combine(_folder, $"{file}.crt"), Path.Combine(_folder, $"{file}.key"));
        File.WriteAllText(certificate, signed.ExportCertificatePem() + "\n");
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
        return (certificate, keyFile);
    }
}
