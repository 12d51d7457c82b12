// SPDX-License-Identifier: Apache-2.0
namespace Detector.Validation.Rules;

/// <summary>The intake rules in order; the first that quarantines decides. A new rule is one line in <see cref="Default"/>.</summary>
public sealed class RuleCatalog
{
    private readonly List<IReadingRule> _rules = [];

    /// <summary>The rules, in order.</summary>
    public IReadOnlyList<IReadingRule> Rules => _rules;

    /// <summary>The rules of the product.</summary>
    public static RuleCatalog Default(ValidationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var catalog = new RuleCatalog();
        catalog.Add(new NoQuantity());
        catalog.Add(new FutureTime(options));
        catalog.Add(new BeforeFirstYear(options));
        catalog.Add(new ImplausibleMagnitude(options));
        catalog.Add(new BeforeCommissioning());
        catalog.Add(new NegativePower());
        catalog.Add(new AboveRated(options));
        return catalog;
    }

    /// <summary>Adds a rule.</summary>
    /// <exception cref="ArgumentException">Its name is taken.</exception>
    public void Add(IReadingRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        if (_rules.Any(r => r.Name == rule.Name))
        {
            throw new ArgumentException($"A rule named '{rule.Name}' is already in the catalogue.", nameof(rule));
        }

        _rules.Add(rule);
    }
}
