// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging;

namespace Detector.Cases.Queues.Webhooks;

/// <summary>Progress of the endpoints and what is parked, in the store of the cases: for people, and for other processes.</summary>
public sealed class WebhookBook
{
    private readonly CaseDesk _desk;
    private readonly ILogger _log;
    private readonly string[] _endpoints;

    /// <summary>The book of the endpoints that the settings name.</summary>
    public WebhookBook(CaseDesk desk, QueueOptions options, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        _desk = desk;
        _log = loggers.CreateLogger<WebhookBook>();
        _endpoints = [.. options.Webhooks.Endpoints.Select(e => e.Name)];
    }

    /// <summary>Whether there is an endpoint of this name.</summary>
    public bool Knows(string endpoint) => _endpoints.Contains(endpoint, StringComparer.Ordinal);

    /// <summary>How every endpoint stands, in the order of the settings.</summary>
    public Task<IReadOnlyList<WebhookState>> StatesAsync(CancellationToken cancel) => _desk.Store.ReadAsync<IReadOnlyList<WebhookState>>(
        async (reader, stop) =>
        {
            var states = new List<WebhookState>();
            foreach (var endpoint in _endpoints)
            {
                var position = await reader.WebhookPositionAsync(endpoint, stop);
                states.Add(new WebhookState(endpoint, position, await reader.OutboxCountAsync(position, stop), await reader.ParkedCountAsync(endpoint, stop)));
            }

            return states;
        },
        cancel);

    /// <summary>What is parked for an endpoint after a sequence, oldest first, with the event itself.</summary>
    public Task<IReadOnlyList<ParkedEvent>> ParkedAsync(string endpoint, long after, int limit, CancellationToken cancel) =>
        _desk.Store.ReadAsync((reader, stop) => reader.ParkedAsync(endpoint, after, limit, replayOnly: false, stop), cancel);

    /// <summary>Asks for parked events to be posted again, by whichever process runs the endpoint; says how many.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="subjects">Cases or sites; null for all. A subject is posted again as a whole, because its order is kept.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<int> ReplayAsync(string endpoint, IReadOnlyCollection<string>? subjects, string person, CancellationToken cancel)
    {
        var events = await _desk.Store.WriteAsync((writer, stop) => writer.MarkReplayAsync(endpoint, subjects, replay: true, stop), cancel);
        _log.WebhookReplay(person, events, endpoint);
        _desk.Tell();
        return events;
    }
}
