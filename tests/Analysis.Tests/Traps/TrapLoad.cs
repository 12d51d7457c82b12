// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;
using Detector.Recordings;
using Detector.Testing;
using Detector.Validation;

namespace Detector.Analysis.Tests.Traps;

/// <summary>A stretch of an honest recording by the hour, something that happens to it, and the shipped model's finding of what comes of it.</summary>
/// <param name="Meter">Name of the recording.</param>
/// <param name="TimeZone">Its zone, as the register would give it.</param>
/// <param name="Times">Start of each hour that was recorded.</param>
/// <param name="Kilowatts">Mean power of each.</param>
internal sealed record TrapLoad(string Meter, string TimeZone, DateTimeOffset[] Times, double[] Kilowatts)
{
    /// <summary>Recordings of several kinds: laboratories, offices, an estate's flattest, dwellings, a plant.</summary>
    public static IReadOnlyList<string> Recordings { get; } =
    [
        "cambridge_estates/b46", "cambridge_estates/b62", "cambridge_estates/b24", "cambridge_estates/b58", "bdg2/Panther_education_Hugh",
        "bdg2/Panther_office_Lois", "bdg2/Panther_lodging_Cora", "bdg2/Panther_assembly_Denice", "bdg2/Moose_education_Florence", "bdg2/Panther_education_Mattie",
    ];

    /// <summary>What its site declares.</summary>
    public DeclaredUse Use { get; init; } = DeclaredUse.Unknown;

    /// <summary>Hours that were made, from a Monday on, written as a meter of 10 W does that counts nothing back.</summary>
    public static TrapLoad Hourly(double[] kilowatts) => new(
        "m-1",
        "Etc/UTC",
        [.. Enumerable.Range(0, kilowatts.Length).Select(h => new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).AddHours(h))],
        [.. kilowatts.Select(v => Math.Round(Math.Max(0, v), 2))]);

    /// <summary>The end of a recording, at most so many days of it, or the test is skipped where there are no recordings.</summary>
    public static TrapLoad Read(string recording, int days)
    {
        var path = Path.Combine(Requires.Recordings(), "honest", recording + ".csv.gz");
        Assume.That(File.Exists(path), $"{recording} is not among the recordings.");
        var columns = ReadingsSource.Open(path).Recordings().Single().ToColumns();
        var zone = recording.StartsWith("cambridge", StringComparison.Ordinal) ? "Europe/London" : "America/New_York";
        var first = DateTimeOffset.UnixEpoch.AddMicroseconds(columns.UnixMicroseconds.Max()).AddDays(-days);
        int[] kept =
        [
            .. Enumerable.Range(0, columns.Count).Where(i => DateTimeOffset.UnixEpoch.AddMicroseconds(columns.UnixMicroseconds[i]) > first)
                .OrderBy(i => columns.UnixMicroseconds[i]),
        ];
        return new TrapLoad(
            columns.Meter.Value, zone, [.. kept.Select(i => DateTimeOffset.UnixEpoch.AddMicroseconds(columns.UnixMicroseconds[i]))], [.. kept.Select(i => columns.PowerKilowatts[i])]);
    }

    /// <summary>The moment so many days before the end.</summary>
    public DateTimeOffset Before(int days) => Times[^1].AddDays(-days);

    /// <summary>The power in kW that a share of the hours stay below.</summary>
    public double Quantile(double share) => Kilowatts.Order().ElementAt((int)(share * (Kilowatts.Length - 1)));

    /// <summary>Median of the week after a moment over that of the week before it.</summary>
    public double RatioOfWeeks(DateTimeOffset moment)
    {
        double Median(double from, double to)
        {
            double[] week = [.. Times.Zip(Kilowatts).Where(p => p.First >= moment.AddDays(from) && p.First < moment.AddDays(to)).Select(p => p.Second).Order()];
            return week[week.Length / 2];
        }

        return Median(0, 7) / Median(-7, 0);
    }

    /// <summary>Another power at every hour; no number where the reading does not arrive.</summary>
    public TrapLoad With(Func<DateTimeOffset, double, double> change)
    {
        double[] changed = [.. Times.Zip(Kilowatts, change)];
        int[] kept = [.. Enumerable.Range(0, changed.Length).Where(i => !double.IsNaN(changed[i]))];
        return this with { Times = [.. kept.Select(i => Times[i])], Kilowatts = [.. kept.Select(i => Math.Round(changed[i], 3))] };
    }

    /// <summary>What the product says of it, by the day after its last reading.</summary>
    public Finding Judged() => Judged(new ReadingColumns { Meter = MeterId.Of(Meter), UnixMicroseconds = Micros(), PowerKilowatts = Kilowatts });

    /// <summary>The same of a meter that sends its energy register alone.</summary>
    /// <param name="restart">The register's new value from the given hour on.</param>
    public Finding JudgedByRegister(Func<DateTimeOffset, double?> restart)
    {
        var registers = new double[Kilowatts.Length];
        var (sum, restarted) = (48211.5, false);
        for (var i = 0; i < registers.Length; i++)
        {
            if (!restarted && restart(Times[i]) is { } value)
            {
                (sum, restarted) = (value, true);
            }

            registers[i] = Math.Round(sum, 2);
            sum += Kilowatts[i];
        }

        double[] none = [.. Kilowatts.Select(_ => double.NaN)];
        return Judged(new ReadingColumns { Meter = MeterId.Of(Meter), UnixMicroseconds = Micros(), PowerKilowatts = none, RegisterKilowattHours = registers });
    }

    private Finding Judged(ReadingColumns readings)
    {
        var registration = MeterRegistration.Unregistered(readings.Meter) with { TimeZone = TimeZone, DeclaredUse = Use };
        var series = new SeriesAssessor().Assess(readings).Series;
        return new Judge(ShippedModel.Value, new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions()).Assess(series, registration, null);
    }

    private long[] Micros() => [.. Times.Select(t => (t - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond)];
}
