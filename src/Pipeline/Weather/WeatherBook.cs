// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Microsoft.Data.Sqlite;

namespace Detector.Pipeline.Weather;

/// <summary>What is known of a region's weather.</summary>
/// <param name="Region">The region, as the register names it.</param>
/// <param name="From">Start of the first hour, UTC.</param>
/// <param name="To">End of the last hour, UTC.</param>
/// <param name="Hours">Hours that are known between the two.</param>
public sealed record RegionWeather(string Region, DateTimeOffset From, DateTimeOffset To, long Hours);

/// <summary>Hourly outdoor temperatures by region, in one SQLite file. Layout: docs/formats/weather.md.</summary>
/// <remarks>An hour that comes again is the newer one's. The command line may write while a service runs on the same folder. Thread-safe.</remarks>
public sealed class WeatherBook : IDisposable
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "weather.db";

    private const int SchemaVersion = 1;

    private const string Schema = """
        CREATE TABLE temperatures (
            region TEXT NOT NULL,
            hour INTEGER NOT NULL,
            celsius REAL NOT NULL,
            PRIMARY KEY (region, hour)
        ) WITHOUT ROWID;
        PRAGMA user_version = 1;
        """;

    // Who reads does not wait for who writes: an import may take long, and the command line's is waited for.
    private readonly SqliteConnection _writing;
    private readonly SqliteConnection _reading;
    private readonly Lock _writes = new();
    private readonly Lock _reads = new();

    private WeatherBook(string settings)
    {
        _writing = new SqliteConnection(settings);
        _reading = new SqliteConnection(settings);
    }

    /// <summary>Opens the book, or makes a new one.</summary>
    /// <exception cref="InvalidDataException">The file was written by a newer version.</exception>
    public static WeatherBook Open(string path)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString();
        var book = new WeatherBook(settings);
        try
        {
            book._writing.Open();
            Execute(book._writing, "PRAGMA journal_mode = WAL");
            Prepare(book._writing, path);
            book._reading.Open();
            return book;
        }
        catch
        {
            book.Dispose();
            throw;
        }
    }

    /// <summary>Keeps temperatures: of each region and hour the mean of what is given. All of them, or none.</summary>
    /// <returns>The hours that were written, by region.</returns>
    public IReadOnlyDictionary<string, int> Put(IEnumerable<OutdoorTemperature> temperatures)
    {
        ArgumentNullException.ThrowIfNull(temperatures);
        var hours = temperatures.GroupBy(t => (t.Region, Hour: HourOf(t.Time))).Select(g => (g.Key.Region, g.Key.Hour, Celsius: g.Average(t => t.Celsius))).ToList();
        lock (_writes)
        {
            using var transaction = _writing.BeginTransaction();
            using var insert = _writing.Command(
                "INSERT INTO temperatures VALUES ($r, $h, $c) ON CONFLICT DO UPDATE SET celsius = excluded.celsius", ("$r", string.Empty), ("$h", 0L), ("$c", 0.0));
            foreach (var (region, hour, celsius) in hours)
            {
                (insert.Parameters[0].Value, insert.Parameters[1].Value, insert.Parameters[2].Value) = (region, hour, celsius);
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return hours.GroupBy(h => h.Region, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
    }

    /// <summary>A region's known hours whose start lies in a range, in order of time.</summary>
    public IReadOnlyList<OutdoorTemperature> Read(string region, TimeRange range)
    {
        var found = new List<OutdoorTemperature>();
        lock (_reads)
        {
            // From rounded up: an hour that began before the range is not in it.
            using var command = _reading.Command(
                "SELECT hour, celsius FROM temperatures WHERE region = $r AND hour >= $f AND hour < $t ORDER BY hour",
                ("$r", region),
                ("$f", HourOf(range.From.AddTicks(TimeSpan.TicksPerHour - 1))),
                ("$t", HourOf(range.To.AddTicks(TimeSpan.TicksPerHour - 1))));
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                found.Add(new OutdoorTemperature(region, TimeOf(rows.GetInt64(0)), rows.GetDouble(1)));
            }
        }

        return found;
    }

    /// <summary>The regions of which something is known, by name.</summary>
    public IReadOnlyList<RegionWeather> Regions()
    {
        var regions = new List<RegionWeather>();
        lock (_reads)
        {
            using var command = _reading.Command("SELECT region, min(hour), max(hour), count(*) FROM temperatures GROUP BY region ORDER BY region");
            using var rows = command.ExecuteReader();
            while (rows.Read())
            {
                regions.Add(new RegionWeather(rows.GetString(0), TimeOf(rows.GetInt64(1)), TimeOf(rows.GetInt64(2) + 1), rows.GetInt64(3)));
            }
        }

        return regions;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_writes)
        {
            _writing.Dispose();
        }

        lock (_reads)
        {
            _reading.Dispose();
        }
    }

    private static long HourOf(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerHour;

    private static DateTimeOffset TimeOf(long hour) => DateTimeOffset.UnixEpoch.AddHours(hour);

    private static void Prepare(SqliteConnection connection, string path)
    {
        using var transaction = connection.BeginTransaction(); // two processes may open a new book at once
        var version = connection.Version();
        if (version > SchemaVersion)
        {
            throw new InvalidDataException($"{path} has layout {version}; this program knows layouts up to {SchemaVersion}. A newer version wrote it.");
        }

        if (version == 0)
        {
            Execute(connection, Schema);
        }

        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        command.ExecuteNonQuery();
    }
}
