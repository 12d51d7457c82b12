// SPDX-License-Identifier: Apache-2.0
using Detector.Intake.Clients;
using Detector.Intake.Limits;

namespace Detector.Intake.Broker;

/// <summary>The sessions of the embedded broker, connected or kept, within their limits.</summary>
internal sealed class SessionBook(ClientOptions clients, ClientLimits limits, TimeProvider time)
{
    /// <summary>How long a connection that was admitted may take until the server has taken it into its session.</summary>
    /// <remarks>The server takes in one after the other: after an outage many wait for each other.</remarks>
    public static readonly TimeSpan Registering = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ClientSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byClient = new(StringComparer.Ordinal);

    /// <summary>Notes a connection: of a session that is known, or of a new one. Unless another connection is in it, it counts as left until <see cref="Enter"/> says otherwise.</summary>
    /// <remarks>A connection may break between the two, and the server tells of no end of what it never took in: without this such a session would be counted for ever.</remarks>
    /// <param name="session">The session's inner name.</param>
    /// <param name="client">The authenticated client; null for an anonymous one.</param>
    /// <param name="startsClean">Whether what an earlier session of the name held is forgotten.</param>
    /// <param name="opened">The session; null where a limit is reached.</param>
    /// <returns>The limit that is reached, as the metric's tag; null where none is.</returns>
    public string? Open(string session, string? client, bool startsClean, out ClientSession? opened)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(session, out opened))
            {
                var left = opened.Left is null ? (DateTimeOffset?)null : time.GetUtcNow() + Registering; // null where another connection is in it still
                if (startsClean)
                {
                    _sessions[session] = opened = Make(client);
                }

                opened.Left = left;
                return null;
            }

            var limit = _sessions.Count >= limits.Sessions ? "sessions"
                : client is not null && _byClient.GetValueOrDefault(client) >= limits.SessionsPerClient ? "sessions_per_client"
                : null;
            if (limit is null)
            {
                opened = Add(session, client);
                opened.Left = time.GetUtcNow() + Registering;
            }

            return limit;
        }
    }

    /// <summary>The server has taken a connection into its session.</summary>
    public void Enter(string session)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(session, out var known))
            {
                known.Left = null;
            }
        }
    }

    /// <summary>A session by its inner name. One that was removed while its client came back is made again, with the rights of its owner.</summary>
    public ClientSession Of(string session)
    {
        lock (_gate)
        {
            return _sessions.TryGetValue(session, out var known) ? known : Add(session, ClientName.OfSession(session));
        }
    }

    /// <summary>The client of a session is gone; the session may be kept, for as long as it asked for in leaving.</summary>
    public void Leave(string session, DateTimeOffset now, uint keepForSeconds = 0)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(session, out var known))
            {
                known.KeepFor(keepForSeconds);
                known.Left = now;
            }
        }
    }

    /// <summary>Sessions whose clients have been gone for longer than they are kept.</summary>
    public IReadOnlyList<string> Expired(DateTimeOffset now)
    {
        lock (_gate)
        {
            return [.. _sessions.Where(s => HasExpired(s.Value, now)).Select(s => s.Key)];
        }
    }

    /// <summary>Whether that is so of one session still.</summary>
    public bool HasExpired(string session, DateTimeOffset now)
    {
        lock (_gate)
        {
            return _sessions.TryGetValue(session, out var known) && HasExpired(known, now);
        }
    }

    /// <summary>A session came to its end.</summary>
    public void Close(string session)
    {
        lock (_gate)
        {
            if (_sessions.Remove(session, out var ended) && ended.Client is { } client && --_byClient.GetValueRefOrNew(client) == 0)
            {
                _byClient.Remove(client);
            }
        }
    }

    private static bool HasExpired(ClientSession session, DateTimeOffset now) => session.Left is { } left && now - left >= TimeSpan.FromSeconds(session.ExpirySeconds);

    private ClientSession Add(string session, string? client)
    {
        if (client is not null)
        {
            _byClient.GetValueRefOrNew(client)++;
        }

        return _sessions[session] = Make(client);
    }

    private ClientSession Make(string? client) => new(client, client is null ? TopicRights.All : TopicRights.Of(client, clients), limits, time);
}

/// <summary>Counting in a dictionary.</summary>
file static class Counting
{
    public static ref int GetValueRefOrNew(this Dictionary<string, int> counts, string key) => ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
}
