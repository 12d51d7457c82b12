// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Baselines;

/// <summary>The baselines of every evaluation: one <c>Add</c> line each, a name twice is refused.</summary>
internal sealed class BaselineCatalog
{
    private readonly List<IBaseline> _all = [];

    /// <summary>The baselines, in the order of the tables.</summary>
    public IReadOnlyList<IBaseline> All => _all;

    /// <summary>Fresh ones, untrained.</summary>
    public static BaselineCatalog Default()
    {
        var catalog = new BaselineCatalog();
        catalog.Add(new ThresholdBaseline("CV low", w => -w.Variation));
        catalog.Add(new ThresholdBaseline("load factor high", w => w.LoadFactor));
        catalog.Add(new ThresholdBaseline("daily amplitude low", w => -w.DailyAmplitude));
        catalog.Add(new IsolationForest());
        catalog.Add(new BoostedTrees());
        return catalog;
    }

    /// <summary>Adds a baseline; throws <see cref="ArgumentException"/> where its name is taken.</summary>
    public void Add(IBaseline baseline)
    {
        if (_all.Any(b => b.Name == baseline.Name))
        {
            throw new ArgumentException($"The baseline '{baseline.Name}' exists already.", nameof(baseline));
        }

        _all.Add(baseline);
    }
}
