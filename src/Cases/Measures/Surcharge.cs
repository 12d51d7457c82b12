// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Cases.Measures;

/// <summary>Low, likely and high of an amount.</summary>
public sealed record AmountInterval(decimal Low, decimal Likely, decimal High);

/// <summary>Energy and money of one month, tariff period and rate.</summary>
/// <param name="Month">The local month, such as <c>2026-03</c>.</param>
/// <param name="Period">The tariff period.</param>
/// <param name="YuanPerKilowattHour">The rate.</param>
/// <param name="Basis">The legal basis of the rate.</param>
/// <param name="KilowattHours">Energy charged, kWh.</param>
/// <param name="Yuan">Money, to the cent: energy times rate, half a cent away from zero.</param>
public sealed record SurchargeLine(
    string Month, string Period, decimal YuanPerKilowattHour, string Basis, AmountInterval KilowattHours, AmountInterval Yuan);

/// <summary>One stretch of energy that was charged, for whoever wants to follow a kWh to its reading.</summary>
public sealed record SurchargeTrace(
    MeterId Meter, DateTimeOffset Reading, DateTimeOffset From, DateTimeOffset To, decimal Kilowatts, decimal KilowattHours, string Period, decimal YuanPerKilowattHour, bool High, bool Likely, bool Low);

/// <summary>The surcharge of a case. The amount is an interval because the onset is one.</summary>
/// <param name="From">Earliest onset: from here on the high amount counts.</param>
/// <param name="Until">Up to here, exclusive.</param>
/// <param name="Lines">By month, period and rate.</param>
/// <param name="Yuan">The sum of the lines.</param>
/// <param name="UncoveredHours">Hours from the earliest onset on for which a meter has no reading; nothing is charged for them.</param>
/// <param name="FreeHours">Hours with readings for which no rate or tariff was in force; nothing is charged for them.</param>
public sealed record SurchargeStatement(
    DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<SurchargeLine> Lines, AmountInterval Yuan, decimal UncoveredHours, decimal FreeHours);

/// <summary>Energy since onset by tariff period times the dated rate, in decimal arithmetic.</summary>
/// <remarks>The high amount counts from the earliest onset, the likely from the likely, the low from the latest; where a rule is on the mining
/// share only, each with its end of the share. Worked examples that a test checks: docs/measures.md.</remarks>
internal sealed class Surcharge(MeasuresOptions options, string? region)
{
    private static readonly long Quarter = TimeSpan.FromMinutes(15).Ticks; // zones differ and change by whole quarter hours, and so do periods

    private readonly Dictionary<(string Month, string Period, decimal Rate, string Basis), decimal[]> _energy = [];
    private readonly Dictionary<Tariff, (string[] Quarters, TimeZoneInfo Zone)> _tariffs = [];
    private decimal _covered;
    private decimal _free;

    /// <summary>Computes the statement; <paramref name="trace"/> is told of every stretch charged.</summary>
    public async Task<SurchargeStatement> ComputeAsync(
        IReadOnlyCollection<MeterInstallation> meters, ReadingsOf readings, OnsetInterval onset, ShareInterval? share, DateTimeOffset until, Action<SurchargeTrace>? trace, CancellationToken cancel)
    {
        var range = new TimeRange(onset.Earliest, until > onset.Earliest ? until : onset.Earliest);
        DateTimeOffset[] cuts = [onset.Likely, onset.Latest, .. options.Rules.SelectMany(r => new[] { r.From, r.Until ?? r.From }), .. options.Tariffs.SelectMany(t => new[] { t.From, t.Until ?? t.From })];
        Array.Sort(cuts);
        foreach (var meter in meters)
        {
            await foreach (var piece in LoadPieces.OfAsync(readings, meter, range, options.LongestHold, cancel))
            {
                foreach (var part in Split(piece, cuts))
                {
                    Charge(part, onset, share, trace);
                }
            }
        }

        var lines = _energy.OrderBy(e => e.Key.Month, StringComparer.Ordinal).ThenBy(e => e.Key.Period, StringComparer.Ordinal).ThenBy(e => e.Key.Rate).Select(Line).ToList();
        var sum = new AmountInterval(lines.Sum(l => l.Yuan.Low), lines.Sum(l => l.Yuan.Likely), lines.Sum(l => l.Yuan.High));
        var due = meters.Sum(m => Hours(range.Within(m.Valid).Length));
        return new SurchargeStatement(range.From, range.To, lines, sum, Math.Round(due - _covered, 4), Math.Round(_free, 4));
    }

    private static decimal Hours(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerHour;

    private static IEnumerable<LoadPiece> Split(LoadPiece piece, DateTimeOffset[] cuts)
    {
        var from = piece.From;
        while (from < piece.To)
        {
            var next = new DateTimeOffset((from.UtcTicks / Quarter * Quarter) + Quarter, TimeSpan.Zero);
            foreach (var cut in cuts)
            {
                if (cut > from)
                {
                    next = cut < next ? cut : next;
                    break;
                }
            }

            var to = next < piece.To ? next : piece.To;
            yield return piece with { From = from, To = to };
            from = to;
        }
    }

    private static SurchargeLine Line(KeyValuePair<(string Month, string Period, decimal Rate, string Basis), decimal[]> entry)
    {
        var (key, energy) = entry;
        return new SurchargeLine(
            key.Month, key.Period, key.Rate, key.Basis, new AmountInterval(Rounded(energy[0], 6), Rounded(energy[1], 6), Rounded(energy[2], 6)),
            new AmountInterval(Rounded(energy[0] * key.Rate, 2), Rounded(energy[1] * key.Rate, 2), Rounded(energy[2] * key.Rate, 2)));
    }

    private static decimal Rounded(decimal value, int digits) => Math.Round(value, digits, MidpointRounding.AwayFromZero);

    private void Charge(LoadPiece part, OnsetInterval onset, ShareInterval? share, Action<SurchargeTrace>? trace)
    {
        _covered += Hours(part.To - part.From);
        if (options.RuleOf(MeasureKind.DifferentialPrice, region, part.From) is not { } rule || options.TariffOf(region, part.From) is not { } tariff)
        {
            _free += Hours(part.To - part.From);
            return;
        }

        var (quarters, zone) = TariffTimes(tariff);
        var local = TimeZoneInfo.ConvertTime(part.From, zone);
        var period = quarters[(local.Hour * 4) + (local.Minute / 15)];
        var rate = rule.RateOf(period);
        var key = (local.ToString("yyyy-MM", CultureInfo.InvariantCulture), period, rate, rule.Basis);
        if (!_energy.TryGetValue(key, out var energy))
        {
            _energy[key] = energy = new decimal[3];
        }

        var (low, likely) = (part.From >= onset.Latest, part.From >= onset.Likely);
        var shares = rule.OnMiningShareOnly ? share ?? new ShareInterval(0, 0, 0) : new ShareInterval(1, 1, 1);
        energy[0] += low ? part.KilowattHours * (decimal)shares.Low : 0;
        energy[1] += likely ? part.KilowattHours * (decimal)shares.Likely : 0;
        energy[2] += part.KilowattHours * (decimal)shares.High;
        trace?.Invoke(new SurchargeTrace(part.Meter, part.Reading, part.From, part.To, part.Kilowatts, part.KilowattHours, period, rate, High: true, likely, low));
    }

    private (string[] Quarters, TimeZoneInfo Zone) TariffTimes(Tariff tariff)
    {
        if (!_tariffs.TryGetValue(tariff, out var times))
        {
            _tariffs[tariff] = times = (tariff.Quarters()!, TimeZoneInfo.FindSystemTimeZoneById(tariff.TimeZone));
        }

        return times;
    }
}
