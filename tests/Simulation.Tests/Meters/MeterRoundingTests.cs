// SPDX-License-Identifier: Apache-2.0
using CsCheck;

namespace Detector.Simulation.Tests.Meters;

public sealed class MeterRoundingTests
{
    [TestCase(0.1, 0, 12.3456, 12.3)]
    [TestCase(0, 4, 12.3456, 12.35)]
    [TestCase(0.1, 4, 1234.56, 1235)]
    [TestCase(0.4, 0, 1.3, 1.2)]
    [TestCase(0, 2, 987.0, 990)]
    [TestCase(0.01, 5, 0.0049, 0.0)]
    [TestCase(0, 3, 0.0012345, 0.00123)]
    public void A_value_is_shown_as_the_meter_shows_it(double step, int digits, double value, double shown) =>
        Assert.That(new MeterRounding(step, digits).Round(value), Is.EqualTo(shown).Within(1e-12));

    [Test]
    public void A_missing_value_stays_missing() => Assert.That(new MeterRounding(0.1, 4).Round(double.NaN), Is.NaN);

    [TestCase(0.1, 4)]
    [TestCase(0.01, 0)]
    [TestCase(0.4, 0)]
    [TestCase(0, 4)]
    [TestCase(1, 0)]
    public void Rounding_detected_leaves_every_value_as_it_was(double step, int digits)
    {
        var values = Measures.Honest("office", 1);
        new MeterRounding(step, digits).Apply(values);
        var detected = MeterRounding.Detect(values);
        float[] again = [.. values];
        detected.Apply(again);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again, Is.EqualTo(values));
            Assert.That(detected.StepKilowatts, Is.GreaterThanOrEqualTo(step));
            Assert.That(detected.SignificantDigits, Is.GreaterThan(0));
        }
    }

    [Test]
    public void Rounding_twice_is_rounding_once() =>
        Gen.Select(Measures.OneOf(0, 0.01, 0.1, 0.4, 1.0), Gen.Int[0, 6], Gen.Double[0, 5000]).Sample(
            (step, digits, value) =>
            {
                var once = new MeterRounding(0, digits).Round(value);
                var stepped = new MeterRounding(step, 0).Round(value);
                return new MeterRounding(0, digits).Round(once) == once && new MeterRounding(step, 0).Round(stepped) == stepped;
            },
            iter: 1000,
            threads: 1);
}
