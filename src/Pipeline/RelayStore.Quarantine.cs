// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>The readings held back. A row stays when its reading is let go, with who asked for it.</summary>
internal sealed partial class RelayStore
{
    // Since schema 3.
    private const string ReleaseSchema = """
        ALTER TABLE quarantine ADD COLUMN meter TEXT NOT NULL DEFAULT '';
        ALTER TABLE quarantine ADD COLUMN state TEXT NOT NULL DEFAULT 'held';
        ALTER TABLE quarantine ADD COLUMN asked_by TEXT;
        UPDATE quarantine SET meter = reading ->> '$.meter';
        CREATE INDEX quarantine_state ON quarantine (state, id);
        """;

    /// <summary>Readings in quarantine, oldest first.</summary>
    public List<QuarantinedReading> Quarantine(long after, int limit) => ReadQuarantined("state <> 'released'", after, limit);

    /// <summary>Those of them that are to be judged again, oldest first.</summary>
    public List<QuarantinedReading> RequestedReadings(long after, int limit) => ReadQuarantined("state = 'requested'", after, limit);

    /// <summary>Marks readings as to be judged again, for somebody. Returns their ids.</summary>
    public List<long> RequestRelease(QuarantineChoice choice, string by)
    {
        lock (_gate)
        {
            using var command = Command(
                """
                UPDATE quarantine SET state = 'requested', asked_by = $by
                WHERE state = 'held' AND ($rule = '' OR rule = $rule) AND ($meter = '' OR meter = $meter) AND ($ids = '' OR id IN (SELECT value FROM json_each($ids)))
                RETURNING id
                """,
                ("$by", by),
                ("$rule", choice.Rule ?? string.Empty),
                ("$meter", choice.Meter?.Value ?? string.Empty),
                ("$ids", choice.Ids is null ? string.Empty : JsonSerializer.Serialize(choice.Ids)));
            using var row = command.ExecuteReader();
            var marked = new List<long>();
            while (row.Read())
            {
                marked.Add(row.GetInt64(0));
            }

            return marked;
        }
    }

    /// <summary>How many of these were let go.</summary>
    public long CountReleased(IReadOnlyCollection<long> ids)
    {
        lock (_gate)
        {
            using var command = Command(
                "SELECT COUNT(*) FROM quarantine WHERE state = 'released' AND id IN (SELECT value FROM json_each($ids))", ("$ids", JsonSerializer.Serialize(ids)));
            return (long)command.ExecuteScalar()!;
        }
    }

    private List<QuarantinedReading> ReadQuarantined(string which, long after, int limit)
    {
        lock (_gate)
        {
            using var command = Command(
                $"SELECT id, position, reading_index, reading, rule, reason FROM quarantine WHERE {which} AND id > $after ORDER BY id LIMIT $limit",
                ("$after", after),
                ("$limit", limit));
            using var row = command.ExecuteReader();
            var readings = new List<QuarantinedReading>();
            while (row.Read())
            {
                var reading = JsonSerializer.Deserialize<Reading>(row.GetString(3), FindingJson.Exact);
                readings.Add(new QuarantinedReading(row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), reading, row.GetString(4), row.GetString(5)));
            }

            return readings;
        }
    }

    private void InsertQuarantined(List<QuarantinedReading> readings)
    {
        foreach (var held in readings)
        {
            Execute(
                "INSERT INTO quarantine (position, reading_index, reading, rule, reason, meter) VALUES ($p, $i, $reading, $rule, $why, $meter)",
                ("$p", held.Position),
                ("$i", held.Index),
                ("$reading", JsonSerializer.Serialize(held.Reading, FindingJson.Exact)),
                ("$rule", held.Rule),
                ("$why", held.Reason),
                ("$meter", held.Reading.Meter.Value));
        }
    }

    private void SettleReleases(List<ReleaseResult> releases)
    {
        foreach (var release in releases)
        {
            if (release.IsReleased)
            {
                Execute("UPDATE quarantine SET state = 'released' WHERE id = $id", ("$id", release.Id));
            }
            else
            {
                Execute("UPDATE quarantine SET state = 'held', rule = $rule, reason = $why WHERE id = $id", ("$id", release.Id), ("$rule", release.Rule!), ("$why", release.Reason!));
            }
        }
    }
}
