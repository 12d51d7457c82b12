// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging;
using MQTTnet.Server;

namespace Detector.Intake.Broker;

/// <summary>Ends sessions that were kept for long enough for clients that did not come back (MQTT 5, 3.1.2.11.2).</summary>
/// <remarks>Without it a client that names itself anew at each start would use up its sessions, and be shut out until the broker is started again.</remarks>
internal sealed class SessionSweep(SessionBook sessions, Metrics metrics, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _ending = new();
    private Task _sweeping = Task.CompletedTask;

    /// <summary>Begins.</summary>
    public void Attach(MqttServer server) => _sweeping = SweepAsync(server, _ending.Token);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _sweeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task SweepAsync(MqttServer server, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            var ended = 0;
            foreach (var session in sessions.Expired(time.GetUtcNow()))
            {
                ended += await EndAsync(server, session) ? 1 : 0;
            }

            if (ended > 0)
            {
                metrics.SessionsExpired(ended);
                Log.SessionsExpired(logger, ended);
            }
        }
    }

    private async Task<bool> EndAsync(MqttServer server, string session)
    {
        try
        {
            var status = await server.GetSessionAsync(session);
            if (!sessions.HasExpired(session, time.GetUtcNow()))
            {
                return false; // its client came back meanwhile
            }

            await status.DeleteAsync();
        }
        catch (InvalidOperationException)
        {
            sessions.Close(session); // the server knows it no more
        }

        return true;
    }
}
