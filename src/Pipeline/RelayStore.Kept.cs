// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Microsoft.Data.Sqlite;

namespace Detector.Pipeline;

/// <summary>The dead letters of the book.</summary>
internal sealed partial class RelayStore
{
    private const string Columns = "id, position, arrived_us, topic, payload, reason, kind, at_byte, state";

    /// <summary>Letters in a state, oldest first; state null means any.</summary>
    public List<DeadLetter> DeadLetters(string? state, long after, int limit)
    {
        lock (_gate)
        {
            using var command = Command(
                $"SELECT {Columns} FROM dead_letters WHERE id > $after AND ($state = '' OR state = $state) ORDER BY id LIMIT $limit",
                ("$after", after),
                ("$state", state ?? string.Empty),
                ("$limit", limit));
            return ReadLetters(command);
        }
    }

    /// <summary>One letter, in whatever state.</summary>
    public DeadLetter? DeadLetter(long id)
    {
        lock (_gate)
        {
            using var command = Command($"SELECT {Columns} FROM dead_letters WHERE id = $id", ("$id", id));
            return ReadLetters(command).FirstOrDefault();
        }
    }

    /// <summary>Marks open letters as to be replayed; null means all. Returns how many were marked.</summary>
    public int RequestReplay(IReadOnlyCollection<long>? ids)
    {
        lock (_gate)
        {
            return ids is null
                ? Execute("UPDATE dead_letters SET state = 'requested' WHERE state = 'open'")
                : ids.Sum(id => Execute("UPDATE dead_letters SET state = 'requested' WHERE state = 'open' AND id = $id", ("$id", id)));
        }
    }

    /// <summary>Whether a replay or a release is asked for.</summary>
    public bool HasRequests()
    {
        lock (_gate)
        {
            using var command = Command("SELECT EXISTS (SELECT 1 FROM dead_letters WHERE state = 'requested') OR EXISTS (SELECT 1 FROM quarantine WHERE state = 'requested')");
            return (long)command.ExecuteScalar()! == 1;
        }
    }

    /// <summary>Counts kept rows one by one: the independent check of the account.</summary>
    public (long DeadLetters, long Quarantined) Recount()
    {
        lock (_gate)
        {
            using var letters = Command("SELECT COUNT(*) FROM dead_letters WHERE state <> 'replayed'");
            using var readings = Command("SELECT COUNT(*) FROM quarantine WHERE state <> 'released'");
            return ((long)letters.ExecuteScalar()!, (long)readings.ExecuteScalar()!);
        }
    }

    private static List<DeadLetter> ReadLetters(SqliteCommand command)
    {
        using var row = command.ExecuteReader();
        var letters = new List<DeadLetter>();
        while (row.Read())
        {
            letters.Add(new DeadLetter(
                row.GetInt64(0),
                row.GetInt64(1),
                DateTimeOffset.UnixEpoch.AddMicroseconds(row.GetInt64(2)),
                Encoding.UTF8.GetString((byte[])row[3]),
                (byte[])row[4],
                row.GetString(5),
                row.GetString(6),
                row.GetInt32(7),
                row.GetString(8)));
        }

        return letters;
    }

    private void InsertDeadLetters(List<DeadLetter> letters)
    {
        foreach (var letter in letters)
        {
            Execute(
                "INSERT INTO dead_letters (position, arrived_us, topic, payload, reason, kind, at_byte, state) VALUES ($p, $t, $topic, $bytes, $why, $kind, $at, 'open')",
                ("$p", letter.Position),
                ("$t", (letter.ArrivedAt - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond),
                ("$topic", Encoding.UTF8.GetBytes(letter.Topic)),
                ("$bytes", letter.Payload),
                ("$why", letter.Reason),
                ("$kind", letter.Kind),
                ("$at", letter.AtByte));
        }
    }

    private void SettleReplays(List<ReplayResult> replays)
    {
        foreach (var replay in replays)
        {
            if (replay.Decoded)
            {
                Execute("UPDATE dead_letters SET state = 'replayed' WHERE id = $id", ("$id", replay.Id));
            }
            else
            {
                Execute(
                    "UPDATE dead_letters SET state = 'open', reason = $why, kind = $kind, at_byte = $at WHERE id = $id",
                    ("$id", replay.Id),
                    ("$why", replay.Reason!),
                    ("$kind", replay.Kind!),
                    ("$at", replay.AtByte));
            }
        }
    }
}
