// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;
using Detector.Profiles;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline.Drift;

/// <summary>How many meters, week by week, lie outside of what honest training windows looked like, feature by feature: whether the fleet is still what the model was trained for.</summary>
/// <remarks>
/// A meter counts once a week, by the first judgement in it. Five of a hundred honest training windows lie below and five above by
/// construction (<see cref="FeatureReference"/>). Safe to share between threads. What was counted since the last <see cref="Save"/>
/// is lost where the service is killed: some meters of that week are counted by a later judgement.
/// </remarks>
public sealed class DriftBook
{
    /// <summary>Name of its file in the data folder.</summary>
    public const string FileName = "drift.json";

    /// <summary>Weeks that are kept.</summary>
    public const int MostWeeks = 53;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly string _model;
    private readonly FeatureReference[] _honest;
    private readonly FeatureDescription[] _features;
    private readonly DriftFile _file;
    private readonly SortedDictionary<DateOnly, WeekCounts> _weeks = [];
    private bool _changed;

    private DriftBook(string path, DetectorModel model, DriftFile file)
    {
        _path = path;
        _model = model.Id;
        _honest = [.. model.Honest];
        _file = file;
        var catalog = FeatureCatalog.Default();
        _features = [.. _honest.Select(h => catalog.Features[catalog.IndexOf(h.Feature)])];
        foreach (var week in file.Of(_model))
        {
            _weeks[week.Monday] = WeekCounts.Of(week, _honest);
        }
    }

    /// <summary>The book of a data folder, for the model in use; what was counted under other models stays in the file.</summary>
    public static DriftBook Open(string path, DetectorModel model, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new DriftBook(path, model, DriftFile.Read(path, logger));
    }

    /// <summary>Counts a judged window, unless its meter was judged in the same week before.</summary>
    /// <param name="profile">The window's profile, its values in catalogue order.</param>
    /// <param name="judgedBefore">End of the window that the meter was judged on before; null where it never was.</param>
    public void Count(LoadProfile profile, DateTimeOffset? judgedBefore)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var week = MondayOf(profile.Window.To);
        if (judgedBefore is { } before && MondayOf(before) >= week)
        {
            return;
        }

        lock (_gate)
        {
            if (!_weeks.TryGetValue(week, out var counts))
            {
                _weeks.Add(week, counts = new WeekCounts(_honest.Length));
                while (_weeks.Count > MostWeeks)
                {
                    _weeks.Remove(_weeks.First().Key);
                }
            }

            counts.Add(profile.Values, _honest);
            _changed = true;
        }
    }

    /// <summary>Writes what was counted since the last time, whole or not at all.</summary>
    public void Save()
    {
        lock (_gate)
        {
            if (_changed)
            {
                _file.Write(_path, _model, [.. _weeks.Select(week => week.Value.ToStored(week.Key, _honest))]);
                _changed = false;
            }
        }
    }

    /// <summary>What the counts say.</summary>
    public DriftReport Report()
    {
        lock (_gate)
        {
            return DriftReport.Of(_model, _weeks, _honest, _features);
        }
    }

    /// <summary>Monday of the week in which a window's last moment lies.</summary>
    internal static DateOnly MondayOf(DateTimeOffset end)
    {
        var day = DateOnly.FromDateTime(end.UtcDateTime.AddTicks(end > DateTimeOffset.MinValue ? -1 : 0));
        return day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
    }
}

/// <summary>A week's counts, an entry a feature.</summary>
internal sealed class WeekCounts(int features)
{
    public int Meters { get; private set; }

    public int[] Below { get; } = new int[features];

    public int[] Above { get; } = new int[features];

    public int[] Unknown { get; } = new int[features];

    public int Known(int feature) => Meters - Unknown[feature];

    public int Outside(int feature) => Below[feature] + Above[feature];

    public static WeekCounts Of(StoredWeek week, FeatureReference[] honest)
    {
        var counts = new WeekCounts(honest.Length) { Meters = week.Meters };
        for (var i = 0; i < honest.Length; i++)
        {
            if (week.Features.TryGetValue(honest[i].Feature, out var of) && of.Length == 3)
            {
                (counts.Below[i], counts.Above[i], counts.Unknown[i]) = (of[0], of[1], of[2]);
            }
        }

        return counts;
    }

    public void Add(ReadOnlySpan<float> values, FeatureReference[] honest)
    {
        Meters++;
        for (var i = 0; i < honest.Length; i++)
        {
            if (float.IsNaN(values[i]))
            {
                Unknown[i]++;
            }
            else if (values[i] < honest[i].Low)
            {
                Below[i]++;
            }
            else if (values[i] > honest[i].High)
            {
                Above[i]++;
            }
        }
    }

    public StoredWeek ToStored(DateOnly monday, FeatureReference[] honest)
    {
        var features = new Dictionary<string, int[]>(StringComparer.Ordinal);
        for (var i = 0; i < honest.Length; i++)
        {
            features.Add(honest[i].Feature, [Below[i], Above[i], Unknown[i]]);
        }

        return new StoredWeek(monday, Meters, features);
    }
}
