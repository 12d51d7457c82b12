// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Profiles.Daily;

/// <summary>Every group of daily features, in order; builds profiles of daily energy.</summary>
public sealed class DailyCatalog
{
    private readonly List<IDailyGroup> _groups = [];
    private readonly List<FeatureDescription> _features = [];
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    /// <summary>The groups that were added.</summary>
    public IReadOnlyList<IDailyGroup> Groups => _groups;

    /// <summary>Every feature, in the order of a profile's values.</summary>
    public IReadOnlyList<FeatureDescription> Features => _features;

    /// <summary>The catalogue that ships.</summary>
    public static DailyCatalog Default()
    {
        var catalog = new DailyCatalog();
        catalog.Add(new DayFlatness());
        catalog.Add(new DayCalendar());
        catalog.Add(new DayChanges());
        catalog.Add(new DayResidual());
        catalog.Add(new DayScales());
        catalog.Add(new DayDrops());
        catalog.Add(new DayDrift());
        catalog.Add(new DayLevels());
        catalog.Add(new DaySteps());
        catalog.Add(new DayRuns());
        return catalog;
    }

    /// <summary>Adds a group after those already there.</summary>
    /// <exception cref="ArgumentException">A group or a feature of that name exists, or a feature names another group.</exception>
    public void Add(IDailyGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (_groups.Any(g => g.Group == group.Group))
        {
            throw new ArgumentException($"The daily group '{group.Group}' exists already.", nameof(group));
        }

        foreach (var feature in group.Features)
        {
            if (feature.Group != group.Group || !_index.TryAdd(feature.Name, _features.Count))
            {
                throw new ArgumentException($"The feature '{feature.Name}' names another group or exists already.", nameof(group));
            }

            _features.Add(feature);
        }

        _groups.Add(group);
    }

    /// <summary>Where a feature stands in a profile's values, or -1 where there is none of that name.</summary>
    public int IndexOf(string name) => _index.GetValueOrDefault(name, -1);

    /// <summary>The profile of the days of a series of any cadence up to a day.</summary>
    public LoadProfile Build(LoadSeries series, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(series);
        return Build(series.Meter, series.Range, DailyLoad.From(series, timeZone));
    }

    /// <summary>The profile of days already known.</summary>
    public LoadProfile Build(MeterId meter, TimeRange window, DailyLoad load)
    {
        ArgumentNullException.ThrowIfNull(load);
        return Build(meter, window, new DailyInput(load));
    }

    /// <summary>The profile of days already prepared.</summary>
    public LoadProfile Build(MeterId meter, TimeRange window, DailyInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new LoadProfile(meter, window, input.Load.NativeCadence, input.Load.Coverage, input.Mean, Compute(input));
    }

    internal float[] Compute(DailyInput input)
    {
        var values = new float[_features.Count];
        var at = 0;
        foreach (var group in _groups)
        {
            var span = values.AsSpan(at, group.Features.Count);
            span.Fill(float.NaN);
            if (input.IsUsable)
            {
                group.Compute(input, span);
            }

            at += span.Length;
        }

        for (var i = 0; i < values.Length; i++)
        {
            var (low, high) = ((float)_features[i].Low, (float)_features[i].High);
            values[i] = float.IsFinite(values[i]) ? Math.Clamp(values[i], low, high) : float.NaN; // an overflow tells nothing
        }

        return values;
    }
}
