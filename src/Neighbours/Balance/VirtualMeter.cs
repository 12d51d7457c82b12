// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>A feeder's meter less its sub-meters and losses, as a meter of its own: to be judged like any other.</summary>
/// <param name="Registration">Named after the parent with <see cref="Feeders.Suffix"/>.</param>
/// <param name="Residual">What is left, by hour; unknown where any meter of the balance is.</param>
/// <param name="Balance">How it came about.</param>
public sealed record VirtualMeter(MeterRegistration Registration, LoadSeries Residual, FeederBalance Balance)
{
    private const double LeastKnown = 0.9; // of the hours, as for any meter
    private const int LeastDays = 28;
    private const int MostGains = 32; // sub-meters with a gain of their own in the fit; the others share one
    private const int UnfinishedHours = 48; // sub-meters arrive by then, or their silence counts

    // What the judge would ask of a site is not a feeder's to give.
    private static readonly string[] NotOfFeeders = ["contracted_kw", "declared_use"];

    /// <summary>When the residual came, where the balance was closed before; null otherwise.</summary>
    public OnsetInterval? Onset { get; init; }

    /// <summary>The virtual meter of a feeder.</summary>
    /// <param name="feeders">The register's feeders.</param>
    /// <param name="parent">Hours of the parent.</param>
    /// <param name="hoursOf">Hours of a sub-meter; null where it has none.</param>
    /// <param name="options">Bounds.</param>
    public static VirtualMeter Of(Feeders feeders, MeterHours parent, Func<MeterId, MeterHours?> hoursOf, NeighbourOptions options)
    {
        ArgumentNullException.ThrowIfNull(feeders);
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(hoursOf);
        ArgumentNullException.ThrowIfNull(options);
        if (!feeders.TryChildren(parent.Meter, out var children))
        {
            throw new ArgumentException($"{parent.Meter} has no sub-meters.", nameof(parent));
        }

        var asRead = BalanceSheet.Of(parent, [.. children.Select(c => (c, hoursOf(c)))], feeders).WithoutUnfinishedEnd(UnfinishedHours);
        var unknown = asRead.Meters.Where((_, i) => asRead.UnknownShare(i) > 1 - LeastKnown).ToArray();
        var (sheet, faults) = unknown.Length == 0 ? FaultSearch.Mend(asRead, options) : (asRead, []);
        var sum = sheet.Sum();
        double[] difference = [.. sum.Select((s, i) => sheet.Parent[i] - s)];

        // Each sub-meter is off by a little of its own; left in, that would give the remainder the rhythm of its neighbours.
        var largest = sheet.Children.OrderByDescending(c => Numbers.Median(c)).Take(MostGains).ToArray();
        var (loss, gains) = LossFit.Of(sum, difference, largest, options.MeterGainError, options);
        var left = LossFit.Left(sum, difference, largest, loss, gains);
        var registration = feeders.RegistrationOf(parent.Meter);
        var balance = BalanceOf(sheet, loss, left, faults, unknown, options);
        var onset = TapOnset.Find(left, balance.ErrorKilowatts);

        // Before anything was drawn there was no such load: as with a meter not yet installed, that is not part of it.
        var skip = onset is { } o && left.Length - o.Likely >= LeastDays * 24 ? o.Likely + 1 : 0;
        DateTimeOffset TimeOf(int hour) => new((sheet.First + hour) * TimeSpan.TicksPerHour, TimeSpan.Zero);
        return new VirtualMeter(registration, SeriesOf(registration.Meter, TimeOf(skip), left[skip..]), balance)
        {
            Onset = onset is { } found ? new OnsetInterval(TimeOf(found.Earliest), TimeOf(found.Likely), TimeOf(found.Latest)) : null,
        };
    }

    /// <summary>The finding of this meter, from what the judge says of the residual: with the balance in words, and within its limits.</summary>
    /// <remarks>
    /// Clear within the metering error. Insufficient where a sub-meter is silent, where the sub-meters register more than is fed
    /// in, or where a wrong multiplier explains it all. Never a case while a multiplier is in doubt.
    /// </remarks>
    public Finding Complete(Finding judged, NeighbourOptions options)
    {
        ArgumentNullException.ThrowIfNull(judged);
        ArgumentNullException.ThrowIfNull(options);
        if (judged.Verdict == Verdict.Clear && judged.PValue <= options.WatchResidualBelow && Balance.LowKilowatts >= Balance.ErrorKilowatts)
        {
            judged = judged with { Verdict = Verdict.Watch, Missing = [.. judged.Missing, BalanceTexts.Walk()] };
        }

        var reason = BalanceTexts.Balance(Balance, judged.Verdict >= Verdict.Watch && !Balance.IsClosed);
        var finding = judged with
        {
            Onset = Onset ?? judged.Onset,
            Reasons = [.. judged.Reasons, reason],
            Missing = [.. judged.Missing.Where(m => !NotOfFeeders.Contains(m.Code)), .. Balance.Faults.Select(BalanceTexts.Fault)],
        };
        if (Balance.Unknown.Count > 0)
        {
            return Lacking(finding, BalanceTexts.Unknown(Balance.Unknown));
        }

        if (Balance.IsOverdrawn)
        {
            return Lacking(finding, BalanceTexts.Overdrawn(Balance));
        }

        var wrong = Balance.Faults.Any(f => f.Kind == SubMeterFaultKind.Multiplier);
        if (!Balance.IsClosed || judged.Window.Length.TotalDays < LeastDays - 0.05 || judged.Coverage < LeastKnown)
        {
            // Whose multiplier is wrong is certain only after somebody has looked.
            return wrong && finding.Verdict == Verdict.Case ? finding with { Verdict = Verdict.Watch, Standing = null } : finding;
        }

        return finding with
        {
            Verdict = wrong ? Verdict.Insufficient : Verdict.Clear,
            Probability = null,
            PValue = null,
            Share = null,
            Onset = null,
            LogOdds = null,
            Standing = null,
            Nearest = null,
            Declared = null,
            Reasons = [reason],
            Missing = [.. Balance.Faults.Select(BalanceTexts.Fault)],
        };
    }

    private static Finding Lacking(Finding finding, MissingEvidence missing) => finding with
    {
        Verdict = Verdict.Insufficient,
        Probability = null,
        PValue = null,
        Share = null,
        Onset = null,
        LogOdds = null,
        Standing = null,
        Nearest = null,
        Declared = null,
        Reasons = [],
        Missing = [missing, .. finding.Missing],
    };

    private static LoadSeries SeriesOf(MeterId meter, DateTimeOffset first, double[] left)
    {
        // Below zero is metering noise or an overdrawn balance, which is said apart; a load is not negative.
        var values = Array.ConvertAll(left, v => double.IsFinite(v) ? (float)Math.Max(0, v) : float.NaN);
        var quality = Array.ConvertAll(values, v => float.IsNaN(v) ? QualityFlags.Missing : QualityFlags.None);
        return new LoadSeries(meter, first, TimeSpan.FromHours(1), values, quality);
    }

    private static FeederBalance BalanceOf(
        BalanceSheet sheet, LossEstimate loss, double[] left, IReadOnlyList<SubMeterFault> faults, IReadOnlyList<MeterId> unknown, NeighbourOptions options)
    {
        const double Ninety = 1.645; // normal deviations that hold 90 %
        const int Recent = 28 * 24;
        int[] known = [.. Enumerable.Range(0, left.Length).Where(i => double.IsFinite(left[i]))];
        double Mean(double[] of) => known.Length == 0 ? 0 : known.Average(i => of[i]);
        var residual = Numbers.Median(known.TakeLast(Recent).Select(i => left[i]));
        var parent = Mean(sheet.Parent);
        var doubt = Ninety * loss.Deviation * loss.MeanKilowatts;
        var error = Math.Max(Math.Max(options.LeastResidualKilowatts, options.MeteringErrorShare * parent), doubt);
        return new FeederBalance(
            sheet.ParentMeter, sheet.Meters.Length, parent, Mean(sheet.Sum()), loss, residual,
            residual - doubt, residual + loss.ConstantKilowatts + doubt,
            Numbers.Quantile(left, 0.9), Numbers.Quantile(left, 0.1), error, faults, unknown);
    }
}
