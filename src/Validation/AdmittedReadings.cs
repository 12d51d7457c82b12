// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation;

/// <summary>Recorded readings of one meter as the store would hold them, had they been imported: flagged by the intake rules, without what these keep apart.</summary>
/// <remarks>
/// Of several readings of one time the first stays; a later one of another value is kept apart as <c>conflict</c>, as the store does it, and the one that stays is not marked.
/// The arrival of each is its own time: a recording does not say when its readings came.
/// </remarks>
public sealed record AdmittedReadings
{
    private AdmittedReadings(ReadingColumns readings, IReadOnlyList<(long UnixMicroseconds, QualityFlags Flags)> keptApart)
    {
        Readings = readings;
        KeptApart = keptApart;
    }

    /// <summary>What would be stored, in order of time, one a time.</summary>
    public ReadingColumns Readings { get; }

    /// <summary>What would be in quarantine: when it was measured, and the flags that say why.</summary>
    public IReadOnlyList<(long UnixMicroseconds, QualityFlags Flags)> KeptApart { get; }

    /// <summary>Runs the intake rules over a recording.</summary>
    /// <param name="ordered">The readings, in order of time; of one time in order of arrival.</param>
    /// <param name="registry">What is known of the meter, and when it held.</param>
    /// <param name="validator">The rules.</param>
    public static AdmittedReadings Of(ReadingColumns ordered, SiteRegistry registry, ReadingValidator validator)
    {
        ArgumentNullException.ThrowIfNull(ordered);
        ArgumentNullException.ThrowIfNull(registry);
        ArgumentNullException.ThrowIfNull(validator);
        var keptApart = new List<(long, QualityFlags)>();
        var stays = new bool[ordered.Count];
        var quality = new QualityFlags[ordered.Count];
        var (staying, last, isCopied) = (0, -1, false);
        Reading held = default; // what stays at last
        MeterRegistration? registration = null;
        for (var i = 0; i < ordered.Count; i++)
        {
            var reading = ReadingOf(ordered, i);
            if (registration?.Valid.Contains(reading.Time) != true)
            {
                registration = registry.Of(ordered.Meter, reading.Time); // what held of it then: it may have moved since
            }

            var disposition = validator.Validate(reading, registration, reading.Time);
            quality[i] = disposition.Reading.Quality;
            if (!disposition.IsAccepted)
            {
                keptApart.Add((ordered.UnixMicroseconds[i], quality[i]));
            }
            else if (last >= 0 && ordered.UnixMicroseconds[last] == ordered.UnixMicroseconds[i])
            {
                if (Completion.Of(held, disposition.Reading) is not { } whole)
                {
                    keptApart.Add((ordered.UnixMicroseconds[i], quality[i] | QualityFlags.Conflict));
                }
                else if (!Completion.SameQuantities(whole, held))
                {
                    (ordered, isCopied) = (isCopied ? ordered : Copied(ordered), true);
                    held = whole;
                    Put(ordered, quality, last, held);
                }
            }
            else
            {
                stays[i] = true;
                (last, held) = (i, disposition.Reading);
                staying++;
            }
        }

        return new AdmittedReadings(staying == ordered.Count ? ordered with { Quality = quality } : Staying(ordered, quality, stays, staying), keptApart);
    }

    /// <summary>The flags of a judged window with those of what was kept apart in it, so that nothing is left out unsaid.</summary>
    /// <param name="quality">Flags met in the window.</param>
    /// <param name="window">The window. What is from before there were meters is of no window, and counted with any.</param>
    public IReadOnlyList<QualityCount> Counted(IReadOnlyList<QualityCount> quality, TimeRange window)
    {
        ArgumentNullException.ThrowIfNull(quality);
        var counts = new SortedDictionary<int, int>();
        foreach (var (name, readings) in quality)
        {
            counts[(int)(QualityFlagNames.TryParse(name, out var flag) ? flag : throw new ArgumentException($"'{name}' is no flag.", nameof(quality)))] = readings;
        }

        foreach (var (time, flags) in KeptApart)
        {
            if (window.Contains(Instants.FromUnixMicroseconds(time)) || (flags & (QualityFlags.TooOld | QualityFlags.Conflict)) == QualityFlags.TooOld)
            {
                // Coverage counts what is missing.
                for (var rest = (int)(flags & ~QualityFlags.Missing); rest != 0; rest &= rest - 1)
                {
                    var bit = rest & -rest;
                    counts[bit] = counts.GetValueOrDefault(bit) + 1;
                }
            }
        }

        return [.. counts.Select(c => new QualityCount(QualityFlagNames.Text((QualityFlags)c.Key), c.Value))];
    }

    private static Reading ReadingOf(ReadingColumns columns, int i)
    {
        var flags = columns.Quality.Length == 0 ? QualityFlags.None : columns.Quality[i];
        var (power, register) = (columns.PowerKilowatts[i], RegisterAt(columns, i));
        return new Reading(columns.Meter, Instants.FromUnixMicroseconds(columns.UnixMicroseconds[i]))
        {
            PowerKilowatts = power,
            RegisterKilowattHours = register,

            // Columns hold what is judged. A row that has neither, and is not marked as one without a quantity, came with another.
            ReactiveKilovars = double.IsNaN(power) && double.IsNaN(register) && (flags & QualityFlags.Missing) == 0 ? 0 : double.NaN,

            Quality = flags,
        };
    }

    private static void Put(ReadingColumns columns, QualityFlags[] quality, int at, in Reading reading)
    {
        (columns.PowerKilowatts[at], quality[at]) = (reading.PowerKilowatts, reading.Quality);
        if (columns.RegisterKilowattHours.Length > 0)
        {
            columns.RegisterKilowattHours[at] = reading.RegisterKilowattHours;
        }
    }

    private static ReadingColumns Copied(ReadingColumns columns) => columns with { PowerKilowatts = [.. columns.PowerKilowatts], RegisterKilowattHours = [.. columns.RegisterKilowattHours] };

    private static double RegisterAt(ReadingColumns columns, int i) => columns.RegisterKilowattHours.Length == 0 ? double.NaN : columns.RegisterKilowattHours[i];

    private static ReadingColumns Staying(ReadingColumns ordered, QualityFlags[] quality, bool[] stays, int count) => ordered with
    {
        UnixMicroseconds = Kept(ordered.UnixMicroseconds, stays, count),
        PowerKilowatts = Kept(ordered.PowerKilowatts, stays, count),
        RegisterKilowattHours = Kept(ordered.RegisterKilowattHours, stays, count),
        Quality = Kept(quality, stays, count),
    };

    private static T[] Kept<T>(T[] values, bool[] stays, int count)
    {
        if (values.Length == 0)
        {
            return values;
        }

        var kept = new T[count];
        var next = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (stays[i])
            {
                kept[next++] = values[i];
            }
        }

        return kept;
    }
}
