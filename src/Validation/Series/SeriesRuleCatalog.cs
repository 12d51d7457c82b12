// SPDX-License-Identifier: Apache-2.0
namespace Detector.Validation.Series;

/// <summary>The series rules in order: a value taken out by one is not seen by the next. A new rule is one line in <see cref="Default"/>.</summary>
public sealed class SeriesRuleCatalog
{
    private readonly List<ISeriesRule> _rules = [];

    internal IReadOnlyList<ISeriesRule> Rules => _rules;

    /// <summary>The rules of the product.</summary>
    public static SeriesRuleCatalog Default()
    {
        var catalog = new SeriesRuleCatalog();
        catalog.Add(new RegisterSentAsPower());
        catalog.Add(new ScaleJumps());
        catalog.Add(new Spikes());
        catalog.Add(new MixedUnits());
        catalog.Add(new StuckRuns());
        catalog.Add(new FrozenNoise());
        catalog.Add(new SpreadEnergy());
        catalog.Add(new InterpolatedEnergy());
        catalog.Add(new CoarseSteps());
        catalog.Add(new DeadBand());
        return catalog;
    }

    internal void Add(ISeriesRule rule)
    {
        if (_rules.Any(r => r.Name == rule.Name))
        {
            throw new ArgumentException($"A rule named '{rule.Name}' is already in the catalogue.", nameof(rule));
        }

        _rules.Add(rule);
    }
}
