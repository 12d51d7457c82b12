// SPDX-License-Identifier: Apache-2.0
using System.Net;
using Detector.Intake.Groups;
using Detector.Journal;
using Microsoft.Extensions.Logging;

namespace Detector.Intake;

/// <summary>How a subscription stands.</summary>
/// <param name="Connected">Whether messages can arrive now.</param>
/// <param name="LastError">Why the last connection ended or was not made; null where none did.</param>
public sealed record SubscriptionState(bool Connected, string? LastError);

/// <summary>Takes messages from an external broker: receive, append, flush, then acknowledge, in order and in groups.</summary>
/// <remarks>
/// The session is persistent: what was not acknowledged when a connection ends comes again on the next one. When the journal refuses,
/// the connection is dropped with nothing acknowledged and made again after a pause, so that the broker, not we, keeps what arrives meanwhile.
/// A payload above <see cref="IntakeOptions.MaxPayloadBytes"/> is acknowledged, since it would come again for ever; its beginning is kept and becomes a dead letter.
/// </remarks>
public sealed class Subscription : IAsyncDisposable
{
    private readonly IntakeOptions _options;
    private readonly BrokerAddress _address;
    private readonly BrokerAccess _access;
    private readonly ArrivalJournal _journal;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Metrics _metrics = new("external");
    private readonly CancellationTokenSource _stopping = new();
    private readonly GroupWatch? _group;
    private volatile SubscriptionConnection? _current;
    private Task? _running;
    private int _disposed;
    private volatile SubscriptionState _state = new(false, null);

    /// <summary>Made, not started.</summary>
    /// <exception cref="ArgumentException">Options out of range, all faults named.</exception>
    public Subscription(IntakeOptions options, ArrivalJournal journal, TimeProvider time, ILogger<Subscription> logger)
    {
        OptionFaults.Refuse(options, "Mqtt");
        _address = BrokerAddress.TryParse(options.Url, out var address) ? address : throw new ArgumentException("Mqtt:Url is empty; a subscription needs mqtt://HOST:PORT.");
        OptionFaults.Refuse(options.Tls, "Mqtt:Tls");
        _access = BrokerAccess.Of(options);
        _options = options;
        _journal = journal;
        _time = time;
        _logger = logger;
        _group = options.SharedGroup.Length > 0
            ? new GroupWatch(options.ClientId, (member, word) => _current?.SayAsync(member, word) ?? Task.CompletedTask, ServeAbsentAsync, time, _metrics, logger)
            : null;
    }

    /// <summary>How it stands, for readiness.</summary>
    public SubscriptionState State => _state;

    /// <summary>Begins to connect; returns at once, and keeps trying until stopped.</summary>
    public Task StartAsync(CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (_running is null && !_address.Tls && !IsLoopback(_address.Host))
        {
            Log.PlainBeyondLoopback(_logger, _address);
        }

        _running ??= Task.Run(RunAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Acknowledges what is durable, then leaves; the broker keeps the session.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        await _stopping.CancelAsync();
        if (_running is { } running)
        {
            await running.WaitAsync(cancel);
        }

        if (_group is not null)
        {
            await _group.DisposeAsync();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return; // a container disposes a service as often as it is registered
        }

        await StopAsync(CancellationToken.None);
        _stopping.Dispose();
        _metrics.Dispose();
    }

    private static bool IsLoopback(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private async Task RunAsync()
    {
        var backoff = new Backoff(
            TimeSpan.FromMilliseconds(_options.ReconnectFromMilliseconds), TimeSpan.FromMilliseconds(_options.ReconnectUpToMilliseconds), _time);
        var before = false;
        while (!_stopping.IsCancellationRequested)
        {
            var why = "stopping";
            try
            {
                var connection = Connection(new SessionRole(_options.ClientId, IsOwn: true, _group is { } group ? group.Heard : null));
                why = await RunAsync(connection, backoff, before);
                before = true;
            }
            catch (BrokerUnreachableException fault)
            {
                why = fault.Message;
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
            }
            catch (Exception fault)
            {
                Log.Surprise(_logger, fault, _address);
                why = fault.Message;
            }

            await PauseAsync(backoff, why);
        }
    }

    private SubscriptionConnection Connection(SessionRole role) => new(_options, _access, _journal, role, _time, _metrics, _logger);

    /// <summary>Takes what comes for a member of the group that is gone.</summary>
    /// <returns>Whether that is over: the member is back, or the broker has no session of it.</returns>
    private async Task<bool> ServeAbsentAsync(string member, CancellationToken cancel)
    {
        await using var connection = Connection(new SessionRole(member, IsOwn: false, Heard: null));
        try
        {
            await connection.OpenAsync(cancel);
        }
        catch (BrokerUnreachableException fault)
        {
            Log.Lost(_logger, _address, fault.Message);
            return false;
        }

        if (connection.IsSessionPresent)
        {
            await connection.EndedAsync(cancel);
        }

        return !connection.IsSessionPresent || connection.IsTakenOver;
    }

    private async Task<string> RunAsync(SubscriptionConnection connection, Backoff backoff, bool before)
    {
        await using (connection)
        {
            _current = connection;
            await connection.OpenAsync(_stopping.Token);
            if (before)
            {
                _metrics.Reconnected();
            }

            _state = _state with { Connected = true };
            var why = await connection.EndedAsync(_stopping.Token);
            if (connection.AcknowledgedAny)
            {
                backoff.Reset();
            }

            return why;
        }
    }

    private async Task PauseAsync(Backoff backoff, string why)
    {
        if (_stopping.IsCancellationRequested)
        {
            _state = _state with { Connected = false };
            return;
        }

        _state = new SubscriptionState(false, why);
        Log.Lost(_logger, _address, why);
        try
        {
            await backoff.PauseAsync(_stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }
}
