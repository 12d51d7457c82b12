// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs;

namespace Detector.Pipeline;

/// <summary>What codecs remember of sources, kept with the position: after a crash both are of the same batch.</summary>
internal sealed partial class RelayStore
{
    // Since schema 2.
    private const string SourcesSchema = """
        CREATE TABLE sources (
            codec TEXT NOT NULL,
            key TEXT NOT NULL,
            value BLOB NOT NULL,
            PRIMARY KEY (codec, key)
        ) WITHOUT ROWID;
        """;

    /// <summary>Everything that is kept of sources.</summary>
    public List<SourceRecord> Sources()
    {
        lock (_gate)
        {
            using var command = Command("SELECT codec, key, value FROM sources");
            using var row = command.ExecuteReader();
            var records = new List<SourceRecord>();
            while (row.Read())
            {
                records.Add(new SourceRecord(row.GetString(0), row.GetString(1), (byte[])row[2]));
            }

            return records;
        }
    }

    private void KeepSources(List<SourceRecord> records)
    {
        foreach (var record in records)
        {
            if (record.Value.IsEmpty)
            {
                Execute("DELETE FROM sources WHERE codec = $codec AND key = $key", ("$codec", record.Codec), ("$key", record.Key));
            }
            else
            {
                Execute(
                    "INSERT INTO sources (codec, key, value) VALUES ($codec, $key, $value) ON CONFLICT (codec, key) DO UPDATE SET value = $value",
                    ("$codec", record.Codec),
                    ("$key", record.Key),
                    ("$value", record.Value.ToArray()));
            }
        }
    }
}
