// SPDX-License-Identifier: Apache-2.0
using Detector.Recordings;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline.Weather;

/// <summary>What became of a file of temperatures.</summary>
/// <param name="Hours">Hours written, by region; empty where there are faults.</param>
/// <param name="Faults">Each fault with line and column; nothing is kept where there is one.</param>
public sealed record WeatherAnswer(IReadOnlyDictionary<string, int> Hours, IReadOnlyList<string> Faults);

/// <summary>Takes files of temperatures, whole or not at all.</summary>
public sealed class WeatherDesk(WeatherBook book, string dataFolder, ILogger<WeatherDesk> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1); // a file is read whole: one at a time bounds the memory that files take

    /// <summary>Whether a fault is the disk's or another writer's, so that the same file may be taken later.</summary>
    public static bool IsRefusal(Exception fault) => fault is SqliteException or IOException or UnauthorizedAccessException;

    /// <summary>Reads a file of <see cref="WeatherFile"/> and keeps what it says.</summary>
    /// <param name="csv">The file.</param>
    /// <param name="by">Who brings it.</param>
    /// <param name="cancel">Gives up; nothing is kept then.</param>
    public async Task<WeatherAnswer> PutAsync(Stream csv, string by, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var incoming = Path.Combine(dataFolder, $"weather.{Guid.NewGuid():n}.csv");
        await _one.WaitAsync(cancel);
        try
        {
            await using (var file = File.Create(incoming))
            {
                await csv.CopyToAsync(file, cancel);
            }

            var hours = book.Put(WeatherFile.Read(incoming));
            var written = hours.Values.Sum();
            PipelineMetrics.Weather(written);
            Log.WeatherTaken(logger, by, written, hours.Count);
            return new WeatherAnswer(hours, []);
        }
        catch (TableFileException faulty)
        {
            return new WeatherAnswer(new Dictionary<string, int>(StringComparer.Ordinal), faulty.Faults);
        }
        finally
        {
            File.Delete(incoming);
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();
}
