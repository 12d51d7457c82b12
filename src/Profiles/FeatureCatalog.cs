// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles.Base;
using Detector.Profiles.Calendar;
using Detector.Profiles.ChangePoints;
using Detector.Profiles.Drift;
using Detector.Profiles.Drops;
using Detector.Profiles.Flatness;
using Detector.Profiles.Remainder;
using Detector.Profiles.Residual;
using Detector.Profiles.Scales;
using Detector.Profiles.Spectrum;
using Detector.Profiles.TwoLevel;

namespace Detector.Profiles;

/// <summary>Every feature group, in order; the order of the groups is the order of a profile's values.</summary>
public sealed class FeatureCatalog
{
    private readonly List<IFeatureGroup> _groups = [];
    private readonly List<FeatureDescription> _features = [];
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);

    /// <summary>The groups that were added.</summary>
    public IReadOnlyList<IFeatureGroup> Groups => _groups;

    /// <summary>Every feature, in the order of a profile's values.</summary>
    public IReadOnlyList<FeatureDescription> Features => _features;

    /// <summary>The catalogue that ships.</summary>
    public static FeatureCatalog Default()
    {
        var catalog = new FeatureCatalog();
        catalog.Add(new FlatnessGroup());
        catalog.Add(new CalendarGroup());
        catalog.Add(new ResidualGroup());
        catalog.Add(new ScalesGroup());
        catalog.Add(new SpectrumGroup());
        catalog.Add(new BaseGroup());
        catalog.Add(new RemainderGroup());
        catalog.Add(new DropsGroup());
        catalog.Add(new TwoLevelGroup());
        catalog.Add(new DriftGroup());
        catalog.Add(new ChangePointsGroup());
        return catalog;
    }

    /// <summary>Adds a group after those already there.</summary>
    /// <exception cref="ArgumentException">A group or a feature of that name exists, or a feature names another group.</exception>
    public void Add(IFeatureGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (_groups.Any(g => g.Group == group.Group))
        {
            throw new ArgumentException($"The feature group '{group.Group}' exists already.", nameof(group));
        }

        foreach (var feature in group.Features)
        {
            if (feature.Group != group.Group)
            {
                throw new ArgumentException($"The feature '{feature.Name}' names the group '{feature.Group}', not '{group.Group}'.", nameof(group));
            }

            if (!_index.TryAdd(feature.Name, _features.Count))
            {
                throw new ArgumentException($"The feature '{feature.Name}' exists already.", nameof(group));
            }

            _features.Add(feature);
        }

        _groups.Add(group);
    }

    /// <summary>Where a feature stands in a profile's values, or -1 where there is none of that name.</summary>
    public int IndexOf(string name) => _index.GetValueOrDefault(name, -1);

    internal float[] Compute(ProfileInput input)
    {
        var values = new float[_features.Count];
        var at = 0;
        foreach (var group in _groups)
        {
            var span = values.AsSpan(at, group.Features.Count);
            span.Fill(float.NaN);
            group.Compute(input, span);
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
