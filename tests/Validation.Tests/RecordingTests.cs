// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;
using Detector.Recordings;
using Detector.Testing;

namespace Detector.Validation;

/// <summary>What the series rules say of real recordings; the table goes to the test's output.</summary>
internal sealed class RecordingTests
{
    private static readonly QualityFlags[] Broken = [QualityFlags.Stuck, QualityFlags.Spike, QualityFlags.ScaleJump, QualityFlags.RegisterAsPower];

    [TestCase("honest/cambridge_estates")]
    [TestCase("honest/bdg2")]
    [TestCase("honest/hpc_system")]
    [TestCase("honest/google_power_2019")]
    [TestCase("honest/biohpc")]
    [TestCase("honest/uci851-steel")]
    [TestCase("honest/mlperf-inference-v3.0")]
    [TestCase("honest/mlperf-training-v4.0")]
    [TestCase("mining/bitaxe-mtab3000")]
    public void Real_recordings_lose_almost_nothing_to_the_rules(string set)
    {
        var assessor = new SeriesAssessor();
        var (slots, lost, series) = (0L, 0L, 0);
        var bySeries = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var recording in ReadingsSource.Open(Path.Combine(Requires.Recordings(), set)).Recordings())
        {
            var assessment = assessor.Assess(recording.ToColumns());
            series++;
            slots += recording.Count;
            var broken = assessment.Quality.Where(q => q.Flag is "stuck" or "spike" or "scale_jump" or "register_as_power").ToList();
            if (broken.Count > 0)
            {
                TestContext.Out.WriteLine($"{recording.Meter}: {string.Join(", ", broken)}");
            }

            lost += assessment.Series.Quality.Count(q => Broken.Any(b => (q & b) != 0));
            foreach (var count in assessment.Quality)
            {
                bySeries[count.Flag] = bySeries.GetValueOrDefault(count.Flag) + 1;
            }

            Assert.That(assessment.Series.PowerKilowatts.Any(v => !float.IsNaN(v)), Is.True, recording.Meter.Value);
        }

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set}: {series} series, {slots} readings, broken {100.0 * lost / slots:0.000} %; series by flag: {string.Join(", ", bySeries.Select(p => $"{p.Key} {p.Value}"))}"));
        Assert.That(lost, Is.LessThan(0.02 * slots));
    }

    [Test]
    public void Building_b78_is_stuck_in_2018()
    {
        var source = ReadingsSource.Open(Path.Combine(Requires.Recordings(), "honest", "cambridge_estates", "b78.csv.gz"));
        var readings = source.Readings().Where(r => r.Time.Year == 2018).ToList();
        var assessment = new SeriesAssessor().Assess(readings[0].Meter, readings);
        TestContext.Out.WriteLine($"{readings.Count} readings, {assessment.Flagged(QualityFlags.Stuck)} stuck");
        Assert.That(assessment.Flagged(QualityFlags.Stuck), Is.GreaterThan(48));
    }
}
