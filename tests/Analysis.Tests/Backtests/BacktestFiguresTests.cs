// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Backtests;
using Detector.Detection;
using Detector.Metering;
using Detector.Recordings;
using Detector.Testing;

namespace Detector.Analysis.Tests.Backtests;

internal sealed class BacktestFiguresTests
{
    private static readonly DateTimeOffset Start = Loads.Monday;

    private static BacktestReport Report(params MeterHistory[] meters)
    {
        var models = Path.Combine(Requires.Repository(), "models");
        var model = DetectorModel.Load(Path.Combine(models, File.ReadAllText(Path.Combine(models, "current")).Trim()));
        return BacktestReport.Of(meters, new BacktestOptions { InUse = model, Candidate = model.With(null), BootstrapRepeats = 50 });
    }

    /// <summary>A meter by its verdicts week by week, of the model in use and of the candidate: i, c, w or C.</summary>
    private static MeterHistory Meter(string name, string inUse, string candidate, bool? mines = null, int? onsetWeek = null) => new(
        MeterId.Of(name),
        name,
        mines is { } known ? new MeterLabel { Meter = MeterId.Of(name), Site = name, Mines = known, Onset = onsetWeek is { } week ? Start.AddDays(7 * week) : null } : null,
        [.. inUse.Zip(candidate, (a, b) => (a, b)).Select((p, week) => new Look(Start.AddDays(7 * week), Finding(name, p.a, "calendar"), Finding(name, p.b, "flatness")))]);

    private static Finding Finding(string meter, char verdict, string group) => new()
    {
        Meter = MeterId.Of(meter),
        Site = meter,
        Verdict = verdict switch { 'i' => Verdict.Insufficient, 'c' => Verdict.Clear, 'w' => Verdict.Watch, _ => Verdict.Case },
        Window = new TimeRange(Start, Start.AddDays(91)),
        CadenceSeconds = 900,
        Coverage = 1,
        Model = "m/1",
        PValue = verdict == 'i' ? null : verdict == 'C' ? 0.001 : 0.6,
        Reasons = verdict == 'i' ? [] : [new Reason(group, verdict is 'C' or 'w', 2, $"{group} speaks", $"{group}说明")],
        Missing = verdict == 'i' ? [new MissingEvidence("span", "too short", "太短")] : [],
    };

    [Test]
    public void Cases_are_counted_as_they_are_opened_and_held_against_labels()
    {
        var report = Report(
            Meter("m-1", "ccwCCcCC", "cCCCCCCC", mines: true, onsetWeek: 3),
            Meter("m-2", "cccccccc", "cccccCcc", mines: false),
            Meter("m-3", "iiiiiiii", "iiiiiiii", mines: true),
            Meter("m-4", "wwwwwwww", "wwwwwwww"));
        var (inUse, candidate) = (report.InUse.Labelled!, report.Candidate.Labelled!);
        Assert.Multiple(() =>
        {
            Assert.That(report.InUse.Cases, Is.EqualTo(1), "later looks within a year join the case");
            Assert.That(report.InUse.CasesPerWeek, Is.EqualTo(1 / 8.0).Within(1e-9));
            Assert.That((inUse.Right, inUse.Wrong, inUse.Recall.Value, inUse.Precision.Value), Is.EqualTo((1, 0, 0.5, 1.0)));
            Assert.That(inUse.F1.Value, Is.EqualTo(2 / 3.0).Within(1e-9));
            Assert.That(inUse.MedianDaysToCase, Is.Zero, "opened at the look of the onset");
            Assert.That((candidate.Right, candidate.Wrong), Is.EqualTo((0, 2)), "a case opened before anything mined is wrong");
            Assert.That(candidate.F1.Value, Is.Zero);
            Assert.That(inUse.HonestSiteYears, Is.EqualTo((3 + 8) * 7 / 365.25).Within(1e-9), "three weeks before the onset and eight of the honest meter");
            Assert.That(candidate.FalsePerThousandSiteYears.Value, Is.EqualTo(2000 / inUse.HonestSiteYears).Within(1e-6));
            Assert.That(report.InUse.InsufficientShare, Is.EqualTo(0.25));
            Assert.That(report.InUse.Watched, Is.EqualTo(1));
        });
    }

    [Test]
    public void Changes_name_the_look_the_weights_and_the_reason_those_that_gain_a_case_first()
    {
        var report = Report(Meter("m-1", "CCCC", "Cwww"), Meter("m-2", "cccc", "cccC"), Meter("m-3", "wwww", "wwww"));
        Assert.Multiple(() =>
        {
            Assert.That(report.Changed.Select(c => (c.Meter, c.InUse, c.Candidate, c.Differing)), Is.EqualTo(new[] { ("m-2", "clear", "case", 1), ("m-1", "case", "watch", 3) }));
            Assert.That(report.Changed[0].Groups.Select(g => (g.Group, g.InUse, g.Candidate)), Is.EqualTo(new[] { ("calendar", -2.0, 0.0), ("flatness", 0.0, 2.0) }));
            Assert.That((report.Changed[0].Text, report.Changed[0].TextZh), Is.EqualTo(("flatness speaks", "flatness说明")));
            Assert.That(report.Moves, Is.EqualTo(new[] { new VerdictPair("clear", "case", 1), new VerdictPair("watch", "watch", 1), new VerdictPair("case", "watch", 1) }));
            Assert.That(report.InUse.Labelled, Is.Null, "without labels nothing is called right");
        });
    }
}
