// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Weather;

namespace Detector.Detection.Tests.Weather;

/// <summary>Days whose load is known to follow the temperature, and days whose load is known not to.</summary>
internal sealed class EnergySignatureTests
{
    private static readonly DateOnly First = new(2026, 1, 5);

    [Test]
    public void A_load_that_heats_and_cools_gives_its_slopes_and_balance_points_back()
    {
        var signature = EnergySignature.Of(Year((t, _) => 200 + (6 * Math.Max(0, 12 - t)) + (11 * Math.Max(0, t - 22)), noise: 4))!;
        Assert.Multiple(() =>
        {
            Assert.That(signature.BaseKilowatts, Is.EqualTo(200).Within(3));
            Assert.That((signature.HeatingBelowCelsius, signature.CoolingAboveCelsius), Is.EqualTo((12.0, 22.0)));
            Assert.That(signature.HeatingKilowattsPerKelvin, Is.EqualTo(6).Within(0.3));
            Assert.That(signature.CoolingKilowattsPerKelvin, Is.EqualTo(11).Within(0.6));
            Assert.That(signature.Explained, Is.GreaterThan(0.95));
        });
    }

    [Test]
    public void A_constant_load_and_noise_follow_nothing()
    {
        Assert.That(EnergySignature.Of(Year((_, _) => 500, noise: 0))!.Explained, Is.EqualTo(0).Within(1e-9));
        Assert.That(EnergySignature.Of(Year((_, _) => 500, noise: 20))!.Explained, Is.LessThan(0.05));
    }

    [Test]
    public void Growth_through_an_autumn_and_free_weekends_are_not_read_as_weather()
    {
        SignatureDay[] autumn = [.. Year((_, day) => 100 + (0.8 * day) - (day % 7 >= 5 ? 60 : 0), noise: 3).Skip(210).Take(91)];
        Assert.That(EnergySignature.Of(autumn)!.Explained, Is.LessThan(0.05));
    }

    [Test]
    public void The_order_of_days_and_their_unit_do_not_matter()
    {
        var days = Year((t, _) => 50 + (2 * Math.Max(0, t - 18)), noise: 2);
        var (signature, back) = (EnergySignature.Of(days)!, EnergySignature.Of([.. days.AsEnumerable().Reverse()])!);
        var watts = EnergySignature.Of([.. days.Select(d => d with { Kilowatts = d.Kilowatts * 1000 })])!;
        Assert.Multiple(() =>
        {
            Assert.That(back.Explained, Is.EqualTo(signature.Explained).Within(1e-9));
            Assert.That(watts.Explained, Is.EqualTo(signature.Explained).Within(1e-9));
            Assert.That(watts.CoolingKilowattsPerKelvin, Is.EqualTo(1000 * signature.CoolingKilowattsPerKelvin).Within(1e-3));
        });
    }

    [Test]
    public void Too_few_days_and_days_too_much_alike_give_none()
    {
        var days = Year((t, _) => t, noise: 1);
        Assert.Multiple(() =>
        {
            Assert.That(EnergySignature.Of(days[..27]), Is.Null);
            Assert.That(EnergySignature.Of([.. days.Select((d, i) => d with { Celsius = 20 + (i % 4) })]), Is.Null);
            Assert.That(EnergySignature.Of([]), Is.Null);
        });
    }

    /// <summary>A year of days: a season of 28 K, and weather of some days that a seed gives.</summary>
    private static SignatureDay[] Year(Func<double, int, double> load, double noise)
    {
        var days = new SignatureDay[364];
        var chance = new Random(7);
        var weather = 0.0;
        for (var day = 0; day < days.Length; day++)
        {
            weather = (0.75 * weather) + (2.4 * ((2 * chance.NextDouble()) - 1));
            var celsius = 14 - (14 * Math.Cos(2 * Math.PI * (day - 15) / 365)) + weather;
            days[day] = new SignatureDay(First.AddDays(day), celsius, load(celsius, day) + (noise * ((2 * chance.NextDouble()) - 1)));
        }

        return days;
    }
}
