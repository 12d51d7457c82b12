// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change.Features;

/// <summary>Every group of change features, in order; a group or a feature twice is refused.</summary>
internal sealed class ChangeCatalog
{
    private readonly List<IChangeGroup> _groups = [];
    private readonly List<FeatureDescription> _features = [];

    /// <summary>The groups.</summary>
    public IReadOnlyList<IChangeGroup> Groups => _groups;

    /// <summary>Every feature in the order of the values.</summary>
    public IReadOnlyList<FeatureDescription> Features => _features;

    /// <summary>The catalogue that ships.</summary>
    public static ChangeCatalog Default()
    {
        var catalog = new ChangeCatalog();
        catalog.Add(new ShapeGroup());
        catalog.Add(new ClockGroup());
        catalog.Add(new ShiftGroup());
        catalog.Add(new WeeksGroup());
        catalog.Add(new NoiseGroup());
        catalog.Add(new DropsGroup());
        catalog.Add(new CompetitionGroup());
        catalog.Add(new HistoryGroup());
        return catalog;
    }

    /// <summary>Adds a group after those already there.</summary>
    /// <exception cref="ArgumentException">A group or feature of that name exists, or a feature names another group.</exception>
    public void Add(IChangeGroup group)
    {
        if (_groups.Exists(g => g.Group == group.Group)
            || group.Features.Any(f => f.Group != group.Group || _features.Exists(known => known.Name == f.Name)))
        {
            throw new ArgumentException($"The group '{group.Group}' exists, or one of its features does or names another group.", nameof(group));
        }

        _groups.Add(group);
        _features.AddRange(group.Features);
    }

    /// <summary>The features of an added load.</summary>
    public float[] Compute(AddedLoad added)
    {
        var values = new float[_features.Count];
        Array.Fill(values, float.NaN);
        var at = 0;
        foreach (var group in _groups)
        {
            group.Compute(added, values.AsSpan(at, group.Features.Count));
            at += group.Features.Count;
        }

        return values;
    }

    /// <summary>A feature as a multiple of the added level.</summary>
    internal static FeatureDescription Multiple(string group, string name, string meaning, string meaningZh) =>
        new(name, group, "1", -50, 50, meaning, meaningZh);

    /// <summary>A feature that is the natural logarithm of a ratio: people read it as a factor.</summary>
    internal static FeatureDescription Log(string group, string name, string meaning, string meaningZh) =>
        new(name, group, "ln", -10, 10, meaning, meaningZh);

    internal static float LogRatio(double over, double under, double least) =>
        (float)Math.Clamp(Math.Log((over + least) / (under + least)), -10, 10);
}
