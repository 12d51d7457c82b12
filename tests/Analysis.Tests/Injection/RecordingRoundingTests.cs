// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Injection;

namespace Detector.Analysis.Tests.Injection;

internal sealed class RecordingRoundingTests
{
    [Test]
    public void Steps_and_digits_are_read_off_a_recording()
    {
        var random = new Random(1);
        var tenths = Enumerable.Range(0, 2000).Select(_ => (float)(Math.Round(random.NextDouble() * 900) / 10)).ToArray();
        var four = Enumerable.Range(0, 2000).Select(_ => (float)Math.Round(1000 + (random.NextDouble() * 8000))).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(RecordingRounding.Of(tenths).StepKilowatts, Is.EqualTo(0.1).Within(1e-12));
            Assert.That(RecordingRounding.Of(four).Digits, Is.EqualTo(4));
        });
    }

    [Test]
    public void Energy_of_a_quarter_hour_in_hundredths_makes_steps_of_four_hundredths_of_a_kilowatt()
    {
        var random = new Random(2);
        var values = Enumerable.Range(0, 2000).Select(_ => (float)(Math.Round(random.Next(100, 400) * 0.04, 2))).ToArray();
        Assert.That(RecordingRounding.Of(values).StepKilowatts, Is.EqualTo(0.04).Within(1e-12));
    }

    [TestCase(1015.58, 1016)]
    [TestCase(12.34, 12.3)]
    [TestCase(0.04, double.NaN)] // less than half a step is a zero, and this meter writes none
    public void A_value_is_written_as_the_meter_writes(double kilowatts, double written) =>
        Assert.That(new RecordingRounding(0.1, 4, KeepsZero: false).Write(kilowatts), Is.EqualTo((float)written));

    [Test]
    public void Writing_twice_changes_nothing()
    {
        var random = new Random(3);
        var rounding = new RecordingRounding(0.04, 4, KeepsZero: true);
        var once = Enumerable.Range(0, 5000).Select(_ => rounding.Write(random.NextDouble() * 3000)).ToArray();
        Assert.That(once.Select(v => rounding.Write((double)(decimal)v)), Is.EqualTo(once));
    }

    [Test]
    public void A_meter_that_writes_zero_keeps_zero_and_one_that_does_not_lacks_the_slot() => Assert.Multiple(() =>
    {
        Assert.That(RecordingRounding.Of([0f, 1f, 2f]).KeepsZero, Is.True);
        Assert.That(RecordingRounding.Of([1f, 2f, 3f]).KeepsZero, Is.False);
    });

    [Test]
    public void Full_precision_stays_full_precision()
    {
        var random = new Random(4);
        var values = Enumerable.Range(0, 500).Select(_ => (float)(random.NextDouble() * 77)).ToArray();
        var rounding = RecordingRounding.Of(values);
        Assert.That(values.Select(v => rounding.Write(v)), Is.EqualTo(values));
    }
}
