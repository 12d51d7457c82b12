// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Metering;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline.Drift;

/// <summary>A week as it is stored.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="Meters">Meters counted.</param>
/// <param name="Features">By feature: meters below the reference, above it, and where it is unknown.</param>
internal sealed record StoredWeek(DateOnly Monday, int Meters, IReadOnlyDictionary<string, int[]> Features);

/// <summary>The stored counts, by model.</summary>
internal sealed class DriftFile
{
    private const int Version = 1;
    private const int MostModels = 4;

    private readonly Dictionary<string, IReadOnlyList<StoredWeek>> _models;

    private DriftFile(Dictionary<string, IReadOnlyList<StoredWeek>> models) => _models = models;

    public static DriftFile Read(string path, ILogger logger)
    {
        if (!File.Exists(path))
        {
            return new DriftFile([]);
        }

        try
        {
            if (JsonSerializer.Deserialize<Content>(File.ReadAllText(path), FindingJson.Options) is { Version: Version } content)
            {
                return new DriftFile(new Dictionary<string, IReadOnlyList<StoredWeek>>(content.Models, StringComparer.Ordinal));
            }
        }
        catch (JsonException)
        {
            // Said below, like a version that is not known.
        }

        // Figures of the fleet, not readings: counting anew is better than not starting.
        var aside = path + ".unreadable";
        File.Move(path, aside, overwrite: true);
        Log.DriftUnreadable(logger, aside);
        return new DriftFile([]);
    }

    public IReadOnlyList<StoredWeek> Of(string model) => _models.GetValueOrDefault(model) ?? [];

    public void Write(string path, string model, IReadOnlyList<StoredWeek> weeks)
    {
        _models[model] = weeks;
        foreach (var old in _models.OrderByDescending(m => m.Value.Count > 0 ? m.Value[^1].Monday : DateOnly.MinValue).Skip(MostModels).Select(m => m.Key).ToList())
        {
            _models.Remove(old);
        }

        var next = path + ".next";
        File.WriteAllText(next, JsonSerializer.Serialize(new Content(Version, _models), FindingJson.Options));
        File.Move(next, path, overwrite: true);
    }

    private sealed record Content(int Version, IReadOnlyDictionary<string, IReadOnlyList<StoredWeek>> Models);
}
