// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Detector.Intake.Tls;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;

namespace Detector.Intake.Clients;

/// <summary>What a client shows when it connects.</summary>
/// <param name="Subject">Common name of its verified certificate; null where it showed none.</param>
/// <param name="User">Its user name; null or empty: none.</param>
/// <param name="Password">Its password.</param>
/// <param name="Method">MQTT 5's authentication method; null or empty: none.</param>
/// <param name="Address">Where it comes from.</param>
internal readonly record struct Credentials(string? Subject, string? User, ReadOnlyMemory<byte> Password, string? Method, IPAddress Address);

/// <summary>Whether a client is let in.</summary>
/// <param name="Name">Its authenticated name; null for an anonymous one.</param>
/// <param name="Code">What the client is told; success where it is let in.</param>
/// <param name="Reason">Tag of the metric.</param>
/// <param name="Why">In words, without any secret.</param>
internal readonly record struct Admission(string? Name, MqttConnectReasonCode Code, string Reason, string Why)
{
    public bool IsGranted => Code == MqttConnectReasonCode.Success;

    public static Admission Granted(string? name) => new(name, MqttConnectReasonCode.Success, string.Empty, string.Empty);
}

/// <summary>Decides who a client is: by its certificate, by name and password, or anonymous where that is allowed.</summary>
internal sealed class Authenticator : IDisposable
{
    private readonly ClientOptions _options;
    private readonly bool _certificatesRequired;
    private readonly ClientStore _store;
    private readonly FailureBrake _brake;
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2)); // connecting must not starve the readings
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, byte[]> _verified = new(StringComparer.Ordinal);
    private volatile bool _hadClients;

    /// <summary>Reads the clients file.</summary>
    /// <exception cref="InvalidDataException">It holds a line that is none.</exception>
    public Authenticator(ClientOptions options, MqttTlsOptions tls, TimeProvider time, ILogger logger)
    {
        _options = options;
        _certificatesRequired = tls.ClientAuthority.Length > 0;
        _store = new ClientStore(options.File, logger);
        _brake = new FailureBrake(time);
        _hadClients = _store.HasAny;
    }

    public Task<Admission> AdmitAsync(Credentials shown, CancellationToken cancel)
    {
        if (!string.IsNullOrEmpty(shown.Method))
        {
            return Refused(MqttConnectReasonCode.BadAuthenticationMethod, "method", "enhanced authentication is not offered; show a certificate, or name and password");
        }

        if (shown.Subject is { } subject)
        {
            return Task.FromResult(OfCertificate(subject, shown.User));
        }

        // A name that no file can confirm is no more than an anonymous client's, where those are let in.
        if (string.IsNullOrEmpty(shown.User) || (!HasClients() && AllowsAnonymous(shown.Address)))
        {
            return AllowsAnonymous(shown.Address)
                ? Task.FromResult(Admission.Granted(null))
                : Refused(MqttConnectReasonCode.NotAuthorized, "anonymous", "anonymous clients are not let in; give name and password");
        }

        return OfPasswordAsync(shown, cancel);
    }

    public void Dispose() => _hashing.Dispose();

    private static Task<Admission> Refused(MqttConnectReasonCode code, string reason, string why) => Task.FromResult(new Admission(null, code, reason, why));

    private Admission OfCertificate(string subject, string? user) => ClientName.Fault(subject) is { } fault
        ? new Admission(null, MqttConnectReasonCode.NotAuthorized, "identity", $"the common name of its certificate cannot be a client's name: {fault}")
        : !string.IsNullOrEmpty(user) && user != subject
            ? new Admission(null, MqttConnectReasonCode.NotAuthorized, "identity", "its user name is not the one of its certificate")
            : _options.Blocked.Contains(subject)
                ? new Admission(null, MqttConnectReasonCode.NotAuthorized, "blocked", "it is blocked")
                : Admission.Granted(subject);

    private async Task<Admission> OfPasswordAsync(Credentials shown, CancellationToken cancel)
    {
        var name = shown.User!;
        if (_options.Blocked.Contains(name))
        {
            return new Admission(null, MqttConnectReasonCode.NotAuthorized, "blocked", "it is blocked");
        }

        var known = _store.Find(name);
        if (known is not null && WasVerified(name, known, shown.Password.Span))
        {
            return Admission.Granted(name);
        }

        return await _brake.PassAsync(shown.Address.ToString(), name, () => FitsAsync(known, shown.Password, cancel), cancel) switch
        {
            true => Remember(name, known!, shown.Password.Span),
            false => new Admission(null, MqttConnectReasonCode.BadUserNameOrPassword, "credentials", "name or password is wrong"),
            null => new Admission(null, MqttConnectReasonCode.ServerBusy, "credentials_flood", "too many attempts wait already after wrong credentials"),
        };
    }

    private async Task<bool> FitsAsync(PasswordHash? known, ReadOnlyMemory<byte> password, CancellationToken cancel)
    {
        await _hashing.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => Fits(known, password.Span), cancel);
        }
        finally
        {
            _hashing.Release();
        }
    }

    /// <summary>Whether it is the password; every refusal takes as long as the costliest password that is kept, so that its time does not tell which names there are.</summary>
    private bool Fits(PasswordHash? known, ReadOnlySpan<byte> password)
    {
        if (known?.Fits(password) == true)
        {
            return true;
        }

        PasswordHash.Spend(password, _store.MostIterations - (known?.Iterations ?? 0));
        return false;
    }

    private Admission Remember(string name, PasswordHash known, ReadOnlySpan<byte> password)
    {
        _verified[name] = Seal(name, known, password);
        return Admission.Granted(name);
    }

    private bool WasVerified(string name, PasswordHash known, ReadOnlySpan<byte> password) =>
        _verified.TryGetValue(name, out var seal) && CryptographicOperations.FixedTimeEquals(seal, Seal(name, known, password));

    /// <summary>Says that this password fitted this hash, in this process; it is worth nothing elsewhere, and a new password of the client voids it.</summary>
    private byte[] Seal(string name, PasswordHash known, ReadOnlySpan<byte> password)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        mac.AppendData(Encoding.UTF8.GetBytes(name));
        mac.AppendData([0]);
        mac.AppendData(known.Stored);
        mac.AppendData(password);
        return mac.GetHashAndReset();
    }

    private bool HasClients()
    {
        // Once there were clients, an emptied file does not open the broker again.
        _hadClients = _hadClients || _store.HasAny;
        return _hadClients;
    }

    private bool AllowsAnonymous(IPAddress address) => _options.Anonymous switch
    {
        AnonymousAccess.Anyone => true,
        AnonymousAccess.Loopback => IPAddress.IsLoopback(address),
        AnonymousAccess.Automatic => IPAddress.IsLoopback(address) && !_certificatesRequired && !HasClients(),
        _ => false,
    };
}
