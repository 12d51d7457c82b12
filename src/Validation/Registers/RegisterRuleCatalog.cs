// SPDX-License-Identifier: Apache-2.0
namespace Detector.Validation.Registers;

/// <summary>The register rules in order: the first that explains a break decides. A new rule is one line in <see cref="Default"/>.</summary>
internal sealed class RegisterRuleCatalog
{
    private readonly List<IRegisterRule> _rules = [];

    public IReadOnlyList<IRegisterRule> Rules => _rules;

    /// <summary>The rules of the product.</summary>
    public static RegisterRuleCatalog Default()
    {
        var catalog = new RegisterRuleCatalog();
        catalog.Add(new Rollover());
        catalog.Add(new Reset());
        catalog.Add(new ReplacedMeter());
        return catalog;
    }

    internal void Add(IRegisterRule rule)
    {
        if (_rules.Any(r => r.Name == rule.Name))
        {
            throw new ArgumentException($"A rule named '{rule.Name}' is already in the catalogue.", nameof(rule));
        }

        _rules.Add(rule);
    }
}
