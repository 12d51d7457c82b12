// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation;

/// <summary>A recording is judged by what an import of it would have stored.</summary>
internal sealed class AdmittedReadingsTests
{
    private static readonly ReadingValidator Validator = new(new ValidationOptions());
    private static readonly MeterRegistration Registered = MeterRegistration.Unregistered(Make.Meter) with { ContractedKilowatts = 100, Commissioned = Make.Start };

    [Test]
    public void Good_readings_stay_as_they_are()
    {
        var readings = ReadingColumns.Of(Make.Meter, Make.Readings(TimeSpan.FromHours(1), 48, Make.Office(1)));
        var admitted = AdmittedReadings.Of(readings, SiteRegistry.Empty, Validator);
        Assert.That(admitted.Readings.UnixMicroseconds, Is.EqualTo(readings.UnixMicroseconds));
        Assert.That(admitted.Readings.PowerKilowatts, Is.EqualTo(readings.PowerKilowatts));
        Assert.That(admitted.Readings.Quality, Is.All.EqualTo(QualityFlags.None));
        Assert.That(admitted.KeptApart, Is.Empty);
    }

    [Test]
    public void What_the_rules_mark_stays_with_its_flag_and_what_they_keep_apart_is_left_out_and_counted()
    {
        var hour = Make.Start;
        Reading At(int hours, double kilowatts) => new(Make.Meter, hour.AddHours(hours)) { PowerKilowatts = kilowatts };
        Reading[] rows = [At(-300_000, 50), At(-1, 50), At(0, 50), At(1, -3), At(2, 120), At(3, 2e7), At(4, double.NaN) with { Quality = QualityFlags.Missing }, At(5, 50), At(5, 50), At(5, 51)];
        var admitted = AdmittedReadings.Of(ReadingColumns.Of(Make.Meter, rows), new SiteRegistry([Registered]), Validator);
        Assert.That(admitted.Readings.PowerKilowatts, Is.EqualTo(new[] { 50.0, 50, -3, 120, 50 }));
        Assert.That(admitted.Readings.Quality, Is.EqualTo(new[] { QualityFlags.TooOld, QualityFlags.None, QualityFlags.Negative, QualityFlags.AboveRated, QualityFlags.None }));
        Assert.That(admitted.KeptApart.Select(k => k.Flags), Is.EqualTo(new[] { QualityFlags.TooOld, QualityFlags.Suspect, QualityFlags.Missing, QualityFlags.Conflict }));
        var counted = admitted.Counted([new QualityCount("negative", 1), new QualityCount("conflict", 2)], new TimeRange(hour, hour.AddHours(6)));
        Assert.That(counted, Is.EqualTo(new[] { new QualityCount("suspect", 1), new QualityCount("too_old", 1), new QualityCount("negative", 1), new QualityCount("conflict", 3) }));
        Assert.That(admitted.Counted([], new TimeRange(hour.AddHours(4), hour.AddHours(5))), Is.EqualTo(new[] { new QualityCount("too_old", 1) }));
    }

    [Test]
    public void A_repeat_of_a_reading_that_is_kept_apart_is_the_first()
    {
        Reading[] rows = [new(Make.Meter, Make.Start) { PowerKilowatts = 2e7 }, new(Make.Meter, Make.Start) { PowerKilowatts = 20 }];
        var admitted = AdmittedReadings.Of(ReadingColumns.Of(Make.Meter, rows), SiteRegistry.Empty, Validator);
        Assert.That(admitted.Readings.PowerKilowatts, Is.EqualTo(new[] { 20.0 }));
        Assert.That(admitted.KeptApart.Single().Flags, Is.EqualTo(QualityFlags.Suspect));
    }

    [Test]
    public void A_register_stays_with_its_reading_and_a_row_of_another_quantity_is_kept()
    {
        Reading[] rows =
        [
            new(Make.Meter, Make.Start) { RegisterKilowattHours = 7 },
            new(Make.Meter, Make.Start.AddHours(1)) { PowerKilowatts = -2e7, RegisterKilowattHours = 8 },
            new(Make.Meter, Make.Start.AddHours(2)) { RegisterKilowattHours = 9 },
            new(Make.Meter, Make.Start.AddHours(3)) { Volts = 230 },
        ];
        var admitted = AdmittedReadings.Of(ReadingColumns.Of(Make.Meter, rows), SiteRegistry.Empty, Validator);
        Assert.That(admitted.Readings.RegisterKilowattHours, Is.EqualTo(new[] { 7.0, 9, double.NaN }));
    }

    [Test]
    public void Quantities_of_one_time_in_rows_of_their_own_are_one_reading_as_in_the_store()
    {
        Reading[] rows =
        [
            new(Make.Meter, Make.Start) { Volts = 230 },
            new(Make.Meter, Make.Start) { PowerKilowatts = 20 },
            new(Make.Meter, Make.Start) { RegisterKilowattHours = 7 },
            new(Make.Meter, Make.Start) { PowerKilowatts = 21, RegisterKilowattHours = 7 },
            new(Make.Meter, Make.Start.AddHours(1)) { PowerKilowatts = -3, RegisterKilowattHours = 8 },
            new(Make.Meter, Make.Start.AddHours(1)) { PowerKilowatts = -3 },
        ];
        var readings = ReadingColumns.Of(Make.Meter, rows);
        var admitted = AdmittedReadings.Of(readings, SiteRegistry.Empty, Validator);
        Assert.That(admitted.Readings.PowerKilowatts, Is.EqualTo(new[] { 20.0, -3 }));
        Assert.That(admitted.Readings.RegisterKilowattHours, Is.EqualTo(new[] { 7.0, 8 }));
        Assert.That(admitted.Readings.Quality, Is.EqualTo(new[] { QualityFlags.None, QualityFlags.Negative }));
        Assert.That(admitted.KeptApart.Single().Flags, Is.EqualTo(QualityFlags.Conflict));
        Assert.That(readings.PowerKilowatts[0], Is.NaN, "what was handed in stays as it is");
    }

    [Test]
    public void A_reading_is_held_against_the_register_of_its_own_time()
    {
        var moved = Make.Start.AddHours(2);
        SiteRegistry registry = new([Registered with { ValidTo = moved }, Registered with { Site = "s-2", ContractedKilowatts = 1000, ValidFrom = moved }]);
        var readings = ReadingColumns.Of(Make.Meter, Make.Readings(TimeSpan.FromHours(1), 4, _ => 200));
        var admitted = AdmittedReadings.Of(readings, registry, Validator);
        Assert.That(admitted.Readings.Quality, Is.EqualTo(new[] { QualityFlags.AboveRated, QualityFlags.AboveRated, QualityFlags.None, QualityFlags.None }));
    }
}
