// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Detector.Cases.Inspections;
using Detector.Metering;
using Detector.Web.Views;

namespace Detector.Web.Tests.Views;

/// <summary>Stated probabilities beside what inspections found.</summary>
public sealed class LabelCalibrationTests
{
    private static readonly DateTimeOffset Day = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Bands_and_quarters_count_what_was_found_with_the_interval_of_Wilson()
    {
        StatedLabel[] labels =
        [
            .. Enumerable.Range(0, 10).Select(i => new StatedLabel(0.95, i < 8, Day)),
            .. Enumerable.Range(0, 10).Select(i => new StatedLabel(0.85, i < 2, Day.AddMonths(3))),
            new StatedLabel(1, true, Day.AddMonths(3)), new StatedLabel(0, false, Day.AddMonths(-5)), new StatedLabel(null, true, Day),
        ];
        var found = LabelCalibration.Of(labels);
        Assert.That((found.Labels, found.Unjudged), Is.EqualTo((22, 1)));
        Assert.That(found.ByProbability.Select(r => (r.From, r.Labels, r.Mining)), Is.EqualTo(new[] { (0.0, 1, 0), (0.8, 10, 2), (0.9, 11, 9) }));
        Assert.That(found.ByProbability[1].Agrees, Is.False, "85 % were stated and 20 % found");
        Assert.That(found.ByQuarter.Select(r => (r.Quarter, r.Labels)), Is.EqualTo(new[] { ("2025 Q4", 1), ("2026 Q2", 10), ("2026 Q3", 11) }));
        var row = found.ByQuarter[1];
        Assert.Multiple(() =>
        {
            Assert.That(row.Stated, Is.EqualTo(0.95).Within(1e-12));
            Assert.That(row.Low, Is.EqualTo(0.541).Within(0.001), "8 of 10 by the formula of 1927");
            Assert.That(row.High, Is.EqualTo(0.931).Within(0.001));
            Assert.That(row.Agrees, Is.False);
        });
        Assert.That(LabelCalibration.Of([]).ByProbability, Is.Empty);
    }

    [Test]
    public async Task A_label_is_held_against_the_last_judgement_before_its_inspection()
    {
        await using var host = await WebHost.StartAsync();
        foreach (var (days, probability) in new[] { (80, 0.7), (90, 0.8), (91, 0.95) })
        {
            await host.Desk.ConsiderAsync(Sample.Finding("m-1", "s-1", Verdict.Case, probability, days), default);
        }

        InspectedLabel Label(string meter, int day, bool mines) => new("s-1", MeterId.Of(meter), mines, "c-1", CaseState.Confirmed, Sample.Start.AddDays(day), "inspection:1");
        var desk = new CalibrationDesk(host.Desk);
        var found = await desk.OfAsync([Label("m-1", 90, true)], default);
        Assert.That((found.Labels, found.ByProbability.Single().Stated), Is.EqualTo((1, 0.8)));
        found = await desk.OfAsync([Label("m-1", 79, true), Label("m-2", 90, false)], default);
        Assert.That((found.Labels, found.Unjudged), Is.EqualTo((0, 2)), "judged only afterwards, and never judged");
    }
}
