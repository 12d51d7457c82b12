// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;
using DuckDB.NET.Data;

namespace Detector.Timeline.DuckDb;

/// <summary>Readings of many meters by column: a scan of the range gives as many meters as memory allows.</summary>
/// <remarks>
/// The scan is not sorted by the engine: rows come in the order in which they were stored, which for each meter is that of time but
/// for late ones, and a meter with late ones is sorted here. A group holds <see cref="ReadingsAtOnce"/> readings or one meter.
/// </remarks>
internal sealed class DuckDbColumnReader(DuckDbFile file, long from, long to)
{
    /// <summary>Readings of a group of meters, at most, unless one meter has more: some 100 MB; two groups are held at a time.</summary>
    public const long ReadingsAtOnce = 4_000_000;

    private const int RowsBetweenChecks = 4096; // of the cancellation token

    /// <summary>Meters with readings in the range, in groups.</summary>
    public IReadOnlyList<IReadOnlyList<MeterCount>> Groups(IReadOnlyCollection<MeterId> meters)
    {
        using var connection = file.Connect();
        var names = connection.Names(meters);
        var groups = new List<IReadOnlyList<MeterCount>>();
        if (names.Count == 0)
        {
            return groups;
        }

        using var command = connection.Command(
            $"SELECT r.meter, count(*), count(r.register_kwh) FROM readings r WHERE {Among([.. names.Keys.Order()])} AND {Within()} GROUP BY r.meter ORDER BY r.meter");
        using var rows = command.ExecuteReader();
        var group = new List<MeterCount>();
        var held = 0L;
        while (rows.Read())
        {
            if (!names.TryGetValue(rows.GetInt32(0), out var name))
            {
                continue;
            }

            var meter = new MeterCount(rows.GetInt32(0), name, (int)rows.GetInt64(1), rows.GetInt64(2) > 0);
            if (group.Count > 0 && held + meter.Readings > ReadingsAtOnce)
            {
                groups.Add(group);
                (group, held) = ([], 0);
            }

            group.Add(meter);
            held += meter.Readings;
        }

        if (group.Count > 0)
        {
            groups.Add(group);
        }

        return groups;
    }

    /// <summary>The readings of one group.</summary>
    public IReadOnlyList<ReadingColumns> Read(IReadOnlyList<MeterCount> group, CancellationToken cancel)
    {
        var first = group[0].Id;
        var columns = new MeterColumns?[group[^1].Id - first + 1];
        foreach (var meter in group)
        {
            columns[meter.Id - first] = new MeterColumns(meter.Meter, meter.Readings, meter.HasRegister);
        }

        var registers = group.Any(m => m.HasRegister);
        using var connection = file.Connect();
        using var command = connection.Command(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT r.meter, epoch_us(r.ts), r.kw, r.quality{(registers ? ", r.register_kwh" : string.Empty)} FROM readings r
            WHERE {Among([.. group.Select(m => m.Id)])} AND {Within()}
            """));
        command.UseStreamingMode = true;
        using var stop = cancel.UnsafeRegister(static c => ((DuckDBCommand)c!).Cancel(), command);
        using var rows = command.ExecuteReader();
        for (var n = 1; rows.Read(); n++)
        {
            if (n % RowsBetweenChecks == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            columns[rows.GetInt32(0) - first]?.Add(
                rows.GetInt64(1),
                rows.IsDBNull(2) ? double.NaN : rows.GetDouble(2),
                (QualityFlags)rows.GetInt32(3),
                registers && !rows.IsDBNull(4) ? rows.GetDouble(4) : double.NaN);
        }

        return [.. group.Select(m => columns[m.Id - first]!.ToColumns())];
    }

    // A range of numbers is the quicker test; it may let in up to as many meters again, which are passed over.
    private static string Among(int[] ascending) => ascending[^1] - ascending[0] < 2 * ascending.Length
        ? string.Create(CultureInfo.InvariantCulture, $"r.meter BETWEEN {ascending[0]} AND {ascending[^1]}")
        : $"r.meter IN ({string.Join(',', ascending.Select(id => id.ToString(CultureInfo.InvariantCulture)))})";

    private string Within() => string.Create(CultureInfo.InvariantCulture, $"r.ts >= make_timestamp({from}) AND r.ts < make_timestamp({to})");
}

/// <summary>A meter and how many readings it has in a range.</summary>
/// <param name="Id">The store's number of it.</param>
/// <param name="Meter">The meter.</param>
/// <param name="Readings">Its readings when they were counted; a few more may have come since.</param>
/// <param name="HasRegister">Whether any of them carries a register.</param>
internal readonly record struct MeterCount(int Id, MeterId Meter, int Readings, bool HasRegister);
