// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Testing;
using Detector.Validation.Registers;
using Detector.Validation.Rules;
using Detector.Validation.Series;

namespace Detector.Validation;

internal sealed class DocumentTests
{
    [Test]
    public void Tables_of_docs_validation_are_the_catalogues()
    {
        var rows = File.ReadAllLines(Path.Combine(Requires.Repository(), "docs", "validation.md"))
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal))
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries))
            .Select(c => $"{c[1].Trim('`')} {c[3]} {c[4]}");
        var rules = RuleCatalog.Default(new ValidationOptions()).Rules.Select(r => $"{r.Name} {Lower(r.Effect)} {QualityFlagNames.Text(r.Flag)}");
        var series = SeriesRuleCatalog.Default().Rules.Select(r => $"{r.Name} {Lower(r.Effect)} {QualityFlagNames.Text(r.Flag)}");
        var registers = RegisterRuleCatalog.Default().Rules.Select(r => $"{r.Name} {Lower(r.Effect)} {QualityFlagNames.Text(r.Flag)}");
        Assert.That(rows, Is.EqualTo(rules.Concat(series).Concat(registers)));
    }

    private static string Lower<T>(T effect)
        where T : struct, Enum => effect.ToString().ToLowerInvariant();
}
