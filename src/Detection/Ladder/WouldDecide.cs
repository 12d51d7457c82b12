// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change;
using Detector.Metering;

namespace Detector.Detection.Ladder;

/// <summary>Which further observations would decide a watched load, the cheapest first; only those that could change this one's verdict.</summary>
/// <remarks>
/// A command or a look into the meter's own memory is cheaper than a paper, a paper than an archive, an archive than waiting, waiting than a visit.
/// A burst clears or confirms a load that looks like mining as a whole, and says nothing of a load added to another. Capacity
/// and declared use speak of a load as a whole; a document speaks of an addition. Weeks of sub-metering make a part of a load
/// a load of its own.
/// </remarks>
internal static class WouldDecide
{
    private const double SecondsOfBurst = 10; // readings as fine as this are judged as bursts already
    private const double YearAndMonth = 395;

    private static readonly string[] CheapestFirst =
    [
        "burst", "finer_readings", "contracted_kw", "declared_use", "addition_document", "history", "window", "submetering", "inspection",
    ];

    /// <summary>Sorts by cost; a code without a cost comes last.</summary>
    public static IReadOnlyList<MissingEvidence> Sorted(IEnumerable<MissingEvidence> missing) =>
        [.. missing.OrderBy(m => (uint)Array.IndexOf(CheapestFirst, m.Code))];

    /// <summary>What would decide a watch.</summary>
    public static IReadOnlyList<MissingEvidence> Of(Evidence evidence, Carrier carrier, JudgeOptions options) => Sorted(carrier == Carrier.Added
        ? OfAddition(evidence, evidence.Change!, options)
        : OfWhole(evidence, carrier, options));

    private static IEnumerable<MissingEvidence> OfWhole(Evidence evidence, Carrier carrier, JudgeOptions options)
    {
        if (evidence.CadenceSeconds > SecondsOfBurst)
        {
            yield return MissingCatalog.Burst();
        }

        if (evidence.Registration.ContractedKilowatts is null)
        {
            yield return MissingCatalog.ContractedCapacity();
        }

        if (evidence.Registration.DeclaredUse == DeclaredUse.Unknown)
        {
            yield return MissingCatalog.DeclaredUse();
        }

        if (evidence.HistoryDays < YearAndMonth)
        {
            yield return MissingCatalog.History();
        }

        if (evidence.WindowDays < ModelThresholds.FullDays)
        {
            yield return MissingCatalog.LongerWindow(options.WindowDays);
        }

        if (carrier == Carrier.Mixed)
        {
            yield return MissingCatalog.SubMetering();
        }

        yield return MissingCatalog.Inspection();
    }

    private static IEnumerable<MissingEvidence> OfAddition(Evidence evidence, ChangeEvidence change, JudgeOptions options)
    {
        yield return MissingCatalog.AdditionDocument(change.Onset);
        if (!change.Score.WithHistory)
        {
            yield return MissingCatalog.History();
        }

        if (evidence.WindowDays < ModelThresholds.FullDays)
        {
            yield return MissingCatalog.LongerWindow(options.WindowDays);
        }

        yield return MissingCatalog.SubMetering();
        yield return MissingCatalog.Inspection();
    }
}
