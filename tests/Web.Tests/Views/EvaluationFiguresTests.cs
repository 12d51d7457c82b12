// SPDX-License-Identifier: Apache-2.0
using System.Xml.Linq;
using Detector.Testing;
using Detector.Web.Views;

namespace Detector.Web.Tests.Views;

/// <summary>The report that lies beside a model, as the console draws it.</summary>
public sealed class EvaluationFiguresTests
{
    [Test]
    public void Figures_of_all_sources_are_taken_as_the_report_has_them()
    {
        var figures = EvaluationFigures.Read("""
            {
              "prevalence": 0.02, "fleet_sites": 5000, "styles_judged_only": ["mimicking"],
              "figures": [
                { "name": "opened_false_cases_per_1000_site_years", "method": "detector, case", "rate": null, "source": "one", "population": "honest", "value": { "value": 9, "low": 8, "high": 10 } },
                { "name": "opened_false_cases_per_1000_site_years", "method": "detector, case", "rate": null, "source": "all", "population": "honest", "value": { "value": 4.7, "low": 1.1, "high": 8.9 } },
                { "name": "expected_calibration_error", "method": "detector, case", "rate": null, "source": "all", "population": "pure and mixtures of 20 % and more", "value": { "value": null, "low": null, "high": null } },
                { "name": "detection", "method": "detector, case", "rate": null, "source": "all", "population": "mimicking", "value": { "value": 0.04, "low": 0.01, "high": 0.07 } },
                { "name": "detection", "method": "detector, case or watch", "rate": null, "source": "all", "population": "mimicking", "value": { "value": 0.15, "low": 0.1, "high": 0.2 } },
                { "name": "detection", "method": "detector, case", "rate": null, "source": "all", "population": "mimicking, 28 days", "value": { "value": 0.02, "low": 0, "high": 0.04 } },
                { "name": "detection", "method": "detector, case or watch", "rate": null, "source": "all", "population": "mimicking, 28 days", "value": { "value": 0.08, "low": 0, "high": 0.1 } },
                { "name": "detection", "method": "detector, case", "rate": null, "source": "all", "population": "first day 50 %", "value": { "value": 0.1, "low": 0, "high": 0.2 } },
                { "name": "detection", "method": "detector, case or watch", "rate": null, "source": "all", "population": "first day 50 %", "value": { "value": 0.23, "low": 0.2, "high": 0.3 } },
                { "name": "f1", "method": "CV low", "rate": 0.0012, "source": "all", "population": "pure and mixtures of 20 % and more", "value": { "value": 0.04, "low": 0.03, "high": 0.05 } },
                { "name": "f1", "method": "detector, p-value", "rate": 0.0012, "source": "all", "population": "pure and mixtures of 20 % and more", "value": { "value": 0.65, "low": 0.6, "high": 0.7 } },
                { "name": "f1", "method": "detector, p-value", "rate": 0.01, "source": "all", "population": "pure and mixtures of 20 % and more", "value": { "value": 0.37, "low": 0.3, "high": 0.4 } }
              ]
            }
            """)!;
        var style = figures.Styles.Single();
        Assert.Multiple(() =>
        {
            Assert.That(figures.Opened, Is.EqualTo(new Measured(4.7, 1.1, 8.9)));
            Assert.That(figures.CalibrationError, Is.Null, "a figure that does not exist is left out");
            Assert.That((style.Style, style.JudgedOnly, style.Case.Value, style.CaseOrWatch.Value, style.Insufficient, style.MonthCase.Value, style.MonthCaseOrWatch.Value), Is.EqualTo(("mimicking", true, 0.04, 0.15, (double?)null, 0.02, 0.08)));
            Assert.That(figures.Curves.Single().Points.Single(), Is.EqualTo(new SharePoint(50, new Measured(0.1, 0, 0.2), new Measured(0.23, 0.2, 0.3))));
            Assert.That(figures.Methods.Select(m => (m.Method, m.F1.Value)), Is.EqualTo(new[] { ("detector, p-value", 0.65), ("CV low", 0.04) }));
            Assert.That((figures.Tables.Count, figures.Reliability.Count), Is.EqualTo((0, 0)));
        });
    }

    [Test]
    public void The_shipped_report_has_every_picture_and_its_styles_and_methods_have_names()
    {
        var models = Path.Combine(Requires.Repository(), "models");
        var figures = EvaluationFigures.Read(File.ReadAllText(Path.Combine(models, File.ReadAllText(Path.Combine(models, "current")).Trim(), "evaluation.json")))!;
        var texts = XDocument.Load(Path.Combine(Requires.Repository(), "src", "Web", "Resources", "UiText.resx")).Root!.Elements("data").Select(d => d.Attribute("name")!.Value).ToHashSet(StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(new[] { figures.Opened, figures.FirstFifty, figures.F1, figures.CalibrationError }, Has.None.Null);
            Assert.That(figures.HonestSiteYears, Is.GreaterThan(100));
            Assert.That(figures.Styles.Count(s => s.JudgedOnly), Is.InRange(1, figures.Styles.Count - 1));
            Assert.That(figures.Curves.Select(c => (c.Name, c.Points.Count)), Is.EqualTo(new[] { ("history", 5), ("window", 5), ("first_day", 5) }));
            Assert.That(figures.Reliability, Has.Count.GreaterThan(5));
            Assert.That(figures.Methods, Has.Count.GreaterThan(4));
            Assert.That(figures.Styles.Select(s => "Style." + s.Style).Concat(figures.Methods.Select(m => "Method." + m.Method)).Where(k => !texts.Contains(k)), Is.Empty);
        });
    }
}
