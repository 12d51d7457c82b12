// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography.X509Certificates;
using Detector.Intake.Tls;
using MQTTnet;

namespace Detector.Intake;

/// <summary>An external broker and how we show ourselves to it: name and password, certificate, and whom we trust.</summary>
/// <remarks>Files are read at each connection, so that a renewed certificate or a changed password is taken up by the next one.</remarks>
internal sealed class BrokerAccess
{
    private readonly IntakeOptions _options;

    private BrokerAccess(BrokerAddress address, IntakeOptions options) => (Address, _options) = (address, options);

    public BrokerAddress Address { get; }

    /// <exception cref="FormatException"><see cref="IntakeOptions.Url"/> is not <c>mqtt://…</c> or <c>mqtts://…</c>.</exception>
    public static BrokerAccess Of(IntakeOptions options) => new(BrokerAddress.Of(options.Url), options);

    /// <summary>Puts credentials and TLS into the options of a client.</summary>
    /// <exception cref="CertificateException">A certificate cannot be used.</exception>
    public void Configure(MqttClientOptionsBuilder builder)
    {
        if ((Address.User ?? _options.Username) is { Length: > 0 } user)
        {
            builder.WithCredentials(user, Password());
        }

        if (Address.Tls)
        {
            builder.WithTlsOptions(Secure);
        }
    }

    private string Password() =>
        Address.Password ?? (_options.PasswordFile.Length > 0 ? Secrets.FirstLine(_options.PasswordFile) ?? string.Empty : _options.Password);

    private void Secure(MqttClientTlsOptionsBuilder tls)
    {
        tls.UseTls().WithSslProtocols(ServerCertificate.Protocols).WithTargetHost(Address.Host);
        if (_options.Tls.BrokerAuthority.Length > 0)
        {
            tls.WithTrustChain(CertificateFiles.Authorities(_options.Tls.BrokerAuthority, "Mqtt:Tls:BrokerAuthority")).WithRevocationMode(X509RevocationMode.NoCheck);
        }

        if (_options.Tls.IsSet)
        {
            var (own, others) = CertificateFiles.Load(_options.Tls, "Mqtt:Tls");
            tls.WithClientCertificates(new X509Certificate2Collection { own }.Concat(others));
        }
    }
}
