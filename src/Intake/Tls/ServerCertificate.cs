// SPDX-License-Identifier: Apache-2.0
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Detector.Intake.Tls;

/// <summary>The certificate a server of ours shows, read again when its files change, so that a renewed one needs no restart.</summary>
/// <remarks>Files are looked at no more than every ten seconds. A new one that cannot be used is logged, and the old one stays.</remarks>
public sealed class ServerCertificate
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly CertificateOptions _options;
    private readonly string _section;
    private readonly X509Certificate2Collection? _clientAuthority;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private SslStreamCertificateContext _context;
    private DateTime _written;
    private long _looked;

    private ServerCertificate(CertificateOptions options, string section, TimeProvider time, ILogger logger)
    {
        _options = options;
        _section = section;
        _time = time;
        _logger = logger;
        _written = LastWritten();
        _context = Load();
        _looked = time.GetTimestamp();
        _clientAuthority = options is MqttTlsOptions { ClientAuthority: { Length: > 0 } file } ? CertificateFiles.Authorities(file, $"{section}:ClientAuthority") : null;
    }

    /// <summary>TLS 1.2 and later.</summary>
#pragma warning disable CA5398 // the floor is a promise of docs/mqtt.md; what the machine allows beyond it is its own affair
    public static SslProtocols Protocols => SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning restore CA5398

    /// <summary>When the certificate ends, in UTC.</summary>
    public DateTimeOffset Ends => new(_context.TargetCertificate.NotAfter.ToUniversalTime(), TimeSpan.Zero);

    /// <summary>Whether a client must show a certificate.</summary>
    public bool RequiresClient => _clientAuthority is not null;

    /// <summary>Reads the files.</summary>
    /// <param name="options">The files, a certificate among them.</param>
    /// <param name="section">The configuration section, for messages.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where a renewal, or a failed one, is noted.</param>
    /// <exception cref="CertificateException">They cannot be used.</exception>
    public static ServerCertificate Open(CertificateOptions options, string section, TimeProvider time, ILogger logger) => new(options, section, time, logger);

    /// <summary>How to answer one handshake, with the certificate as it is now.</summary>
    public SslServerAuthenticationOptions Handshake()
    {
        Renew();
        var handshake = new SslServerAuthenticationOptions { ServerCertificateContext = _context, EnabledSslProtocols = Protocols };
        if (_clientAuthority is not null)
        {
            handshake.ClientCertificateRequired = true;
            handshake.CertificateChainPolicy = CertificateFiles.TrustOnly(_clientAuthority);
        }

        return handshake;
    }

    private void Renew()
    {
        lock (_gate)
        {
            if (_time.GetElapsedTime(_looked) < LookEvery)
            {
                return;
            }

            _looked = _time.GetTimestamp();
            var written = LastWritten();
            if (written == _written)
            {
                return;
            }

            try
            {
                // What connections under way still use is left to the collector.
                _context = Load();
                _written = written;
                Log.CertificateRenewed(_logger, _options.Certificate, Ends);
            }
            catch (CertificateException fault)
            {
                Log.CertificateNotRenewed(_logger, fault.Message);
            }
        }
    }

    private SslStreamCertificateContext Load()
    {
        var (own, others) = CertificateFiles.Load(_options, _section);
        return SslStreamCertificateContext.Create(own, others, offline: true);
    }

    private DateTime LastWritten()
    {
        var certificate = File.GetLastWriteTimeUtc(_options.Certificate);
        var key = _options.Key.Length > 0 ? File.GetLastWriteTimeUtc(_options.Key) : certificate;
        return certificate > key ? certificate : key;
    }
}
