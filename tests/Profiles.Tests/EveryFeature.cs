// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using Detector.Metering;

namespace Detector.Profiles.Tests;

/// <summary>What every feature of the catalogue must keep to, unasked.</summary>
internal sealed class EveryFeature
{
    private static readonly ProfileBuilder Profiles = new(FeatureCatalog.Default());
    private static readonly MeterRegistration Registration = MeterRegistration.Unregistered(MeterId.Of("m-1"));

    [Test]
    public void Is_within_its_range_or_unknown_whatever_the_gaps() => Gen.Select(Gen.Int[28, 100], Gen.Int[0, 95], Gen.Int[0, 10_000]).Sample(
        (days, percentMissing, seed) =>
        {
            var series = Loads.Building(days, seed);
            var chance = new Random(seed);
            for (var i = 0; i < series.Count; i++)
            {
                series.PowerKilowatts[i] = chance.Next(100) < percentMissing ? float.NaN : series.PowerKilowatts[i];
            }

            var values = Profiles.Build(series, Registration).Values;
            return Profiles.Catalog.Features.Zip(values).All(p =>
                float.IsNaN(p.Second) || (p.Second >= (float)p.First.Low && p.Second <= (float)p.First.High));
        },
        iter: 60);

    [TestCase(0.0)]
    [TestCase(12.5)]
    public void Is_finite_or_unknown_on_a_load_that_stands_still(double kilowatts)
    {
        var values = Profiles.Build(Loads.Hourly(91, _ => kilowatts), Registration).Values;
        Assert.That(values.Where(float.IsInfinity), Is.Empty);
    }

    [Test]
    public void Does_not_see_the_size_of_the_load()
    {
        var small = Profiles.Build(Loads.Building(91, 7), Registration).Values;
        var large = Profiles.Build(Loads.Building(91, 7, scale: 1024), Registration).Values;
        Assert.That(large, Is.EqualTo(small).Within(0.01));
    }

    [Test]
    public void Is_the_same_twice()
    {
        var series = Loads.Building(91, 3);
        Assert.That(Profiles.Build(series, Registration).Values, Is.EqualTo(new ProfileBuilder(FeatureCatalog.Default()).Build(Loads.Building(91, 3), Registration).Values));
    }

    [Test]
    public void Is_the_same_from_quarter_hours_as_from_their_hourly_means()
    {
        var hourly = Loads.Building(91, 5);
        var quarters = Loads.Series(TimeSpan.FromMinutes(15), hourly.Count * 4, i => hourly.PowerKilowatts[i / 4]);
        Assert.That(Profiles.Build(quarters, Registration).Values, Is.EqualTo(Profiles.Build(hourly, Registration).Values));
    }

    [Test]
    public void Is_known_on_a_full_window()
    {
        var values = Profiles.Build(Loads.Building(91, 9), Registration).Values;
        var unknown = Profiles.Catalog.Features.Where((_, i) => float.IsNaN(values[i])).Select(f => f.Name);
        Assert.That(unknown, Is.SubsetOf(new[] { "step_noise" }));
    }

    [Test]
    public void Is_described_in_both_languages()
    {
        var features = FeatureCatalog.Default().Features;
        Assert.Multiple(() =>
        {
            Assert.That(features, Has.Count.GreaterThan(100));
            Assert.That(features.Where(f => f.Meaning.Length <= 5 || !f.MeaningZh.Any(c => c > 0x4E00) || f.Low >= f.High), Is.Empty);
        });
    }
}
