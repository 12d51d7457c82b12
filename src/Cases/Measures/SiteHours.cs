// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Cases.Measures;

/// <summary>The mean power of a site in each clock hour.</summary>
internal static class SiteHours
{
    private const decimal LeastKnown = 0.9m; // of the hour, at every meter; less says nothing of the hour's mean

    /// <summary>Hours that are known at every meter that was at the site then, by their start, UTC, in kW.</summary>
    public static async Task<IReadOnlyDictionary<DateTimeOffset, decimal>> OfAsync(
        ReadingsOf readings, IReadOnlyCollection<MeterInstallation> meters, TimeRange range, TimeSpan longestHold, CancellationToken cancel)
    {
        var all = new Dictionary<DateTimeOffset, (decimal Kilowatts, int Meters)>();
        foreach (var meter in meters)
        {
            var own = new Dictionary<DateTimeOffset, (decimal Energy, decimal Hours)>();
            await foreach (var piece in LoadPieces.OfAsync(readings, meter, range, longestHold, cancel))
            {
                Add(own, piece);
            }

            foreach (var (hour, known) in own.Where(h => h.Value.Hours >= LeastKnown))
            {
                var before = all.GetValueOrDefault(hour);
                all[hour] = (before.Kilowatts + (known.Energy / known.Hours), before.Meters + 1);
            }
        }

        return all.Where(h => h.Value.Meters == meters.Count(m => m.Valid.Overlaps(new TimeRange(h.Key, h.Key.AddHours(1))))).ToDictionary(h => h.Key, h => h.Value.Kilowatts);
    }

    private static void Add(Dictionary<DateTimeOffset, (decimal Energy, decimal Hours)> hours, LoadPiece piece)
    {
        for (var from = piece.From; from < piece.To;)
        {
            var hour = new DateTimeOffset(from.UtcTicks / TimeSpan.TicksPerHour * TimeSpan.TicksPerHour, TimeSpan.Zero);
            var to = hour.AddHours(1) < piece.To ? hour.AddHours(1) : piece.To;
            var part = piece with { From = from, To = to };
            var before = hours.GetValueOrDefault(hour);
            hours[hour] = (before.Energy + part.KilowattHours, before.Hours + ((decimal)(to - from).Ticks / TimeSpan.TicksPerHour));
            from = to;
        }
    }
}
