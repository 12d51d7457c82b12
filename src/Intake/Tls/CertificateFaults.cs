// SPDX-License-Identifier: Apache-2.0
using Detector.Intake.Clients;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Intake.Tls;

/// <summary>What is wrong with the files that the security of the configuration names, found before anything starts.</summary>
public static class CertificateFaults
{
    /// <summary>Faults of the files of a server's certificate; empty where all is well or none is set.</summary>
    public static IEnumerable<string> Of(CertificateOptions options, string section) =>
        options.IsSet ? Try(() => ServerCertificate.Open(options, section, TimeProvider.System, NullLogger.Instance)) : [];

    /// <summary>Faults of the files that the section <c>Mqtt</c> names.</summary>
    public static IEnumerable<string> Of(IntakeOptions options)
    {
        var authority = options.Tls.BrokerAuthority;
        return Of(options.Tls, "Mqtt:Tls")
            .Concat(authority.Length > 0 ? Try(() => CertificateFiles.Authorities(authority, "Mqtt:Tls:BrokerAuthority")) : [])
            .Concat(options.Clients.File.Length > 0 && options.Url.Length == 0 ? Try(() => ClientsFile.Read(options.Clients.File)) : []);
    }

    private static string[] Try(Action open)
    {
        try
        {
            open();
            return [];
        }
        catch (Exception fault) when (fault is CertificateException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return [fault.Message];
        }
    }
}
