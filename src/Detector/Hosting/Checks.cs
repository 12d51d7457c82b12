// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net.Sockets;
using Detector.Cases.Dossier;
using Detector.Cases.Stores;
using Detector.Host.Configuration;
using Detector.Intake;
using Detector.Intake.Tls;
using Detector.Journal;
using Detector.Timeline;
using Detector.Web.Security.OpenId;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Host.Hosting;

/// <summary>What one check found.</summary>
internal sealed record CheckResult(bool Ok, string Detail, int ExitCode);

/// <summary>The doctor's checks, in the order of the data path.</summary>
internal static class Checks
{
    public static IEnumerable<(string Part, Func<CancellationToken, Task<CheckResult>> Check)> Of(Settings settings)
    {
        yield return ("data folder", _ => Task.FromResult(DataFolder(settings)));
        yield return ("journal", _ => Task.FromResult(Journal(settings)));
        foreach (var (name, options) in new[] { ("certificate of MQTT", (CertificateOptions)settings.Mqtt.Tls), ("certificate of HTTP", settings.Http.Tls) })
        {
            if (options.IsSet)
            {
                yield return (name, _ => Task.FromResult(Certificate(options, name)));
            }
        }

        if (settings.Mqtt.Url.Length > 0)
        {
            yield return ("broker", cancel => BrokerAsync(settings, cancel));
        }

        yield return ("timeline", cancel => TimelineAsync(settings, cancel));
        yield return ("model", _ => Task.FromResult(Model(settings)));
        yield return ("register", _ => Task.FromResult(Register(settings)));
        yield return ("cases", cancel => CasesAsync(settings, cancel));
        if (settings.Cases.Dossier.SigningKey.Length > 0)
        {
            yield return ("key of dossiers", _ => Task.FromResult(DossierKey(settings)));
        }

        if (settings.Http.OpenId.IsSet)
        {
            yield return ("identity provider", cancel => IdentityProviderAsync(settings, cancel));
        }

        yield return ("queue", cancel => QueueAsync(settings, cancel));
    }

    private static CheckResult Good(string detail) => new(true, detail, Host.ExitCode.Done);

    private static CheckResult Bad(string detail, int exitCode = Host.ExitCode.Usage) => new(false, detail, exitCode);

    private static CheckResult DataFolder(Settings settings)
    {
        try
        {
            Directory.CreateDirectory(settings.Data.Folder);
            var probe = Path.Combine(settings.Data.Folder, $".doctor-{Environment.ProcessId}");
            File.WriteAllText(probe, string.Empty);
            File.Delete(probe);
            var free = new DriveInfo(Path.GetFullPath(settings.Data.Folder)).AvailableFreeSpace;
            return free > settings.Journal.MaxBytes / 4
                ? Good($"writable, {free >> 30} GiB free")
                : Bad($"only {free >> 20} MiB free: make room, or lower Journal:MaxBytes");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Bad($"{fault.Message} Choose another --data, or grant writing to it.");
        }
    }

    private static CheckResult Certificate(CertificateOptions options, string name)
    {
        var left = ServerCertificate.Open(options, name, TimeProvider.System, NullLogger.Instance).Ends - TimeProvider.System.GetUtcNow();
        return left > TimeSpan.Zero
            ? Good(string.Create(CultureInfo.InvariantCulture, $"{options.Certificate}, {left.TotalDays:0} days left"))
            : Bad(string.Create(CultureInfo.InvariantCulture, $"{options.Certificate} ended {-left.TotalDays:0} days ago: renew it; a running service takes the new file up by itself"));
    }

    private static CheckResult Journal(Settings settings) => JournalInspection.Look(settings.Journal.Folder) is { } journal
        ? Good($"{journal.LastSequence} messages, {journal.Bytes >> 20} MiB in {journal.Segments} segments")
        : Good("empty");

    private static async Task<CheckResult> BrokerAsync(Settings settings, CancellationToken cancel)
    {
        try
        {
            await using var client = await MqttPublisher.ConnectAsync(settings.Mqtt, $"detector-doctor-{Environment.ProcessId}", TimeProvider.System, NullLogger<MqttPublisher>.Instance, cancel);
            return Good("answers");
        }
        catch (BrokerUnreachableException away)
        {
            return Bad($"{away.Message} Check Mqtt:Url and that the broker runs.", Host.ExitCode.Unreachable);
        }
    }

    private static async Task<CheckResult> TimelineAsync(Settings settings, CancellationToken cancel)
    {
        try
        {
            await using var timeline = await Parts.OpenTimelineAsync(settings, cancel);
            await timeline.ProbeAsync(cancel);
            return Good(settings.Timeline.Kind);
        }
        catch (TimelineUnavailableException away)
        {
            return Bad($"{away.Message} (a service that runs on this folder holds the embedded store)", Host.ExitCode.Unreachable);
        }
    }

    private static CheckResult Model(Settings settings)
    {
        try
        {
            var folder = settings.Model.Folder.Length > 0 ? settings.Model.Folder : ShippedModel.Folder();
            return Good(Detection.DetectorModel.Load(folder).Id);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UsageException)
        {
            return Bad(fault.Message);
        }
    }

    private static CheckResult DossierKey(Settings settings)
    {
        try
        {
            return DossierSignature.IsReady(settings.Cases.Dossier) ? Good("signs") : Bad("no key");
        }
        catch (InvalidDataException fault)
        {
            return Bad(fault.Message);
        }
    }

    private static CheckResult Register(Settings settings)
    {
        try
        {
            return Good($"{Parts.OpenRegistry(settings).Current.Meters.Count} meters");
        }
        catch (Exception fault) when (fault is Recordings.ReadingsFileException or UsageException)
        {
            return Bad(fault.Message);
        }
    }

    private static async Task<CheckResult> CasesAsync(Settings settings, CancellationToken cancel)
    {
        try
        {
            await using var desk = await Parts.OpenDeskAsync(settings, cancel);
            var audit = await desk.VerifyAuditAsync(null, cancel);
            return audit.FirstFault is { } fault ? Bad($"the audit chain is broken at {fault.Sequence}: {fault.Text}", Host.ExitCode.Failed) : Good($"{settings.Cases.Kind}, audit chain intact");
        }
        catch (CaseStoreUnavailableException away)
        {
            return Bad(away.Message, Host.ExitCode.Unreachable);
        }
        catch (InvalidOperationException unusable)
        {
            return Bad(unusable.Message);
        }
    }

    private static async Task<CheckResult> IdentityProviderAsync(Settings settings, CancellationToken cancel) =>
        await OpenIdDiscovery.LookAsync(settings.Http.OpenId, cancel) is { Fault: { } fault } look
            ? Bad(fault, look.Reached ? Host.ExitCode.Usage : Host.ExitCode.Unreachable)
            : Good($"{settings.Http.OpenId.Authority} signs people in");

    private static async Task<CheckResult> QueueAsync(Settings settings, CancellationToken cancel)
    {
        if (settings.Queue.Kind == "none")
        {
            return Good("none: events leave by /api/v1/events");
        }

        var url = new Uri(settings.Queue.RabbitMq.Url);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.Host, url.Port > 0 ? url.Port : 5672, cancel);
            return Good($"{settings.Queue.Kind} accepts connections on {url.Host}:{url.Port}");
        }
        catch (SocketException away)
        {
            return Bad($"{url.Host}:{url.Port}: {away.Message}. Check Queue:RabbitMq:Url and that the server runs.", Host.ExitCode.Unreachable);
        }
    }
}
