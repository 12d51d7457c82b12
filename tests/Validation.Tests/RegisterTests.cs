// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using Detector.Metering;
using Detector.Recordings;
using Detector.Testing;

namespace Detector.Validation;

/// <summary>Registers become intervals, across rollovers, resets and replaced meters.</summary>
internal sealed class RegisterTests
{
    private const int Hours = 24 * 28;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [TestCase(1e5, 99_000)]
    [TestCase(1e6, 999_000)]
    [TestCase(4_294_967.296, 4_293_967.296)] // 2^32 Wh
    public void Energy_is_counted_across_a_rollover_and_the_interval_says_so(double end, double start)
    {
        var load = Make.Office(3);
        var power = Enumerable.Range(0, Hours).Select(load).ToArray();
        var assessment = Make.Assess(Registers(power, start, end));

        var marked = Slots(assessment, QualityFlags.RegisterRollover);
        Assert.That(marked, Has.Count.EqualTo(1));
        AssertPower(assessment, power, except: []);
    }

    [Test]
    public void Reset_is_a_hole_of_one_interval()
    {
        var power = Enumerable.Range(0, Hours).Select(Make.Office(4)).ToArray();
        var readings = Registers(power, 41_234, double.PositiveInfinity);
        var lost = readings[300].RegisterKilowattHours;
        Shift(readings, 300, -lost + 5); // counts from zero since some time in the interval

        var assessment = Make.Assess(readings);

        Assert.That(Slots(assessment, QualityFlags.RegisterReset), Is.EqualTo(new[] { 299 }));
        AssertPower(assessment, power, except: [299]);
    }

    [TestCase(-20_000)]
    [TestCase(+250_000)]
    public void Replaced_meter_is_a_hole_of_one_interval_wherever_its_register_stands(double elsewhere)
    {
        var power = Enumerable.Range(0, Hours).Select(Make.Office(5)).ToArray();
        var readings = Registers(power, 41_234, double.PositiveInfinity);
        Shift(readings, 300, elsewhere);

        var assessment = Make.Assess(readings);

        Assert.That(Slots(assessment, QualityFlags.MeterReplaced), Is.EqualTo(new[] { 299 }));
        AssertPower(assessment, power, except: [299]);
    }

    [Test]
    public void Load_that_grows_tenfold_is_a_load_and_not_another_meter()
    {
        var power = Enumerable.Range(0, Hours).Select(i => i < Hours - 48 ? 10.0 + (i % 7) : 140.0 + (i % 5)).ToArray();
        var assessment = Make.Assess(Registers(power, 0, double.PositiveInfinity));
        Assert.That(assessment.Flagged(QualityFlags.MeterReplaced), Is.Zero);
        AssertPower(assessment, power, except: []);
    }

    [TestCase(15, 200, false)]
    [TestCase(15, 60, true)]
    [TestCase(60, 200, false)]
    [TestCase(60, 60, true)]
    public void Steps_of_a_register_are_judged_by_the_hour_however_often_it_is_read(int minutes, double kilowatts, bool isCoarse)
    {
        var (random, energy) = (new Random(3), 1234.5);
        var cadence = TimeSpan.FromMinutes(minutes);
        var readings = Enumerable.Range(0, 4000).Select(i => new Reading(Make.Meter, Make.Start + (cadence * i))
        {
            Kind = ReadingKind.Register,
            RegisterKilowattHours = Math.Floor(energy += kilowatts * (1 + (0.1 * (random.NextDouble() - 0.5))) * cadence.TotalHours),
        });
        Assert.That(Make.Assess([.. readings]).Flagged(QualityFlags.Coarse) > 0, Is.EqualTo(isCoarse));
    }

    [Test]
    public void Of_a_few_readings_only_what_is_near_an_end_or_zero_is_explained_by_it()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Flags(99_995, 12), Is.EqualTo(QualityFlags.RegisterRollover));
            Assert.That(Flags(54_321, 12), Is.EqualTo(QualityFlags.RegisterReset));
            Assert.That(Flags(54_321, 31_000), Is.EqualTo(QualityFlags.MeterReplaced));
        });

        static QualityFlags Flags(double before, double after) => Make.Assess(
            [Register(0, before - 1), Register(1, before), Register(2, after)]).Series.Quality[1] & ~QualityFlags.Missing;
    }

    [Test]
    public void Meter_that_sends_power_keeps_it_whatever_its_register_does()
    {
        var readings = Registers([.. Enumerable.Range(0, 100).Select(Make.Office(6))], 500, double.PositiveInfinity)
            .Select((r, i) => r with { PowerKilowatts = 10 + (i % 7), Kind = ReadingKind.Instantaneous, RegisterKilowattHours = i == 50 ? 0 : r.RegisterKilowattHours }).ToList();
        var assessment = Make.Assess(readings);
        Assert.That(assessment.Series.PowerKilowatts, Is.EqualTo(Enumerable.Range(0, readings.Count).Select(i => 10f + (i % 7))));
        Assert.That(assessment.Flagged(QualityFlags.RegisterReset), Is.Zero);
    }

    [Test]
    public void Whatever_a_register_does_no_interval_is_negative_or_infinite() =>
        Gen.Double[0, 1e7].Array[3, 80].Sample(values =>
        {
            var readings = values.Select((v, i) => Register(i, Math.Round(v, 2))).ToList();
            return Make.Assess(readings).Series.PowerKilowatts.All(p => float.IsNaN(p) || (float.IsFinite(p) && p >= 0));
        });

    [Test]
    public void Recording_of_registers_alone_is_read_and_assessed_as_the_same_readings_from_elsewhere()
    {
        using var folder = new TemporaryFolder();
        var readings = Registers([.. Enumerable.Range(0, Hours).Select(Make.Office(7))], 99_500, 1e5);
        var file = folder.In("m.csv");
        File.WriteAllLines(file, ["timestamp_utc,kwh_register", .. readings.Select(r => FormattableString.Invariant($"{r.Time.ToUnixTimeSeconds()},{r.RegisterKilowattHours:R}"))]);

        var recording = ReadingsSource.Open(file).Recordings().Single();
        var fromFile = new SeriesAssessor().Assess(recording.ToColumns());

        var direct = Make.Assess(readings);
        Assert.That(fromFile.Series.PowerKilowatts, Is.EqualTo(direct.Series.PowerKilowatts));
        Assert.That(fromFile.Series.Quality, Is.EqualTo(direct.Series.Quality));
        Assert.That(fromFile.Series.Coverage, Is.GreaterThan(0.99));
    }

    private static Reading Register(int hour, double energy) =>
        new(Make.Meter, Make.Start + (Hour * hour)) { Kind = ReadingKind.Register, RegisterKilowattHours = energy };

    // A register at the start of each hour, and one after the last.
    private static List<Reading> Registers(double[] power, double start, double end)
    {
        var readings = new List<Reading>();
        var energy = start;
        for (var i = 0; i <= power.Length; i++)
        {
            readings.Add(Register(i, energy));
            energy += i < power.Length ? power[i] : 0;
            energy -= energy >= end ? end : 0;
        }

        return readings;
    }

    private static void Shift(List<Reading> readings, int from, double by)
    {
        for (var i = from; i < readings.Count; i++)
        {
            readings[i] = readings[i] with { RegisterKilowattHours = readings[i].RegisterKilowattHours + by };
        }
    }

    private static List<int> Slots(SeriesAssessment assessment, QualityFlags flag) =>
        [.. Enumerable.Range(0, assessment.Series.Count).Where(i => (assessment.Series.Quality[i] & flag) != 0)];

    private static void AssertPower(SeriesAssessment assessment, double[] power, int[] except)
    {
        Assert.Multiple(() =>
        {
            for (var i = 0; i < power.Length; i++)
            {
                if (except.Contains(i))
                {
                    Assert.That(assessment.Series.PowerKilowatts[i], Is.NaN, $"slot {i}");
                }
                else
                {
                    Assert.That(assessment.Series.PowerKilowatts[i], Is.EqualTo(power[i]).Within(0.01), $"slot {i}");
                }
            }
        });
    }
}
