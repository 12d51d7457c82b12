// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Intake.Tls;

/// <summary>A certificate with its private key, in files.</summary>
public abstract class CertificateOptions : IValidatableObject
{
    /// <summary>The certificate, in PEM with the intermediate ones after it, or PKCS#12 (.p12, .pfx); empty: none.</summary>
    public string Certificate { get; set; } = string.Empty;

    /// <summary>The private key in PEM; empty where the file of the certificate holds it.</summary>
    public string Key { get; set; } = string.Empty;

    /// <summary>Password of the key or of the PKCS#12 file; better given by the environment or by <see cref="PasswordFile"/>.</summary>
    public string Password { get; set; } = string.Empty;

    /// <summary>A file whose first line is that password.</summary>
    public string PasswordFile { get; set; } = string.Empty;

    /// <summary>Whether there is a certificate.</summary>
    public bool IsSet => Certificate.Length > 0;

    /// <inheritdoc />
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Certificate.Length == 0 && (Key.Length > 0 || Password.Length > 0 || PasswordFile.Length > 0))
        {
            yield return new ValidationResult("it must name the file of the certificate that the key belongs to", [nameof(Certificate)]);
        }

        if (Password.Length > 0 && PasswordFile.Length > 0)
        {
            yield return new ValidationResult("the password is given twice; keep one of Password and PasswordFile", [nameof(PasswordFile)]);
        }
    }
}

/// <summary>TLS of MQTT: section <c>Mqtt:Tls</c>. The certificate is ours: as a server on the embedded broker, as a client towards an external one.</summary>
public sealed class MqttTlsOptions : CertificateOptions
{
    /// <summary>Root certificates in PEM that sign the clients of the embedded broker; where set, each client must show a certificate, and the common name (CN) of its subject is the client's name.</summary>
    public string ClientAuthority { get; set; } = string.Empty;

    /// <summary>Root certificates in PEM that sign the external broker (<c>mqtts://</c>); empty: those that this machine trusts.</summary>
    public string BrokerAuthority { get; set; } = string.Empty;

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ClientAuthority.Length > 0 && !IsSet
        ? base.Validate(validationContext).Append(new ValidationResult("it must be set where ClientAuthority is: without TLS no client shows a certificate", [nameof(Certificate)]))
        : base.Validate(validationContext);
}

/// <summary>TLS of the API and the console: section <c>Http:Tls</c>.</summary>
public sealed class HttpTlsOptions : CertificateOptions;
