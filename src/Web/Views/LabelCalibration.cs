// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Web.Views;

/// <summary>Probabilities that were stated before inspections, held against what the inspections found.</summary>
/// <remarks>
/// It speaks for inspected sites alone: they were chosen because they were suspicious, which is where a probability matters, and says nothing of sites that nobody visited. A label counts with the last judgement of its meter whose window ended by
/// the inspection.
/// </remarks>
/// <param name="Labels">Labels that were held against a probability.</param>
/// <param name="Unjudged">Labels of meters that had none before their inspection.</param>
/// <param name="ByProbability">By the probability stated, low to high; bands without a label are left out.</param>
/// <param name="ByQuarter">By the quarter of the inspection, oldest first, at most the last eight with a label.</param>
public sealed record LabelCalibration(int Labels, int Unjudged, IReadOnlyList<CalibrationRow> ByProbability, IReadOnlyList<CalibrationRow> ByQuarter)
{
    private const int MostQuarters = 8;
    private static readonly double[] Bands = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 1];

    /// <summary>Counts labels; a null probability is of a meter that had none.</summary>
    internal static LabelCalibration Of(IReadOnlyCollection<StatedLabel> labels)
    {
        StatedLabel[] stated = [.. labels.Where(l => l.Probability is not null)];
        return new LabelCalibration(
            stated.Length,
            labels.Count - stated.Length,
            [.. stated.GroupBy(l => Array.FindLastIndex(Bands[..^1], from => l.Probability >= from)).OrderBy(g => g.Key)
                .Select(g => CalibrationRow.Of(Bands[g.Key], Bands[g.Key + 1], null, [.. g]))],
            [.. stated.GroupBy(l => (l.Inspected.UtcDateTime.Year, Quarter: (l.Inspected.UtcDateTime.Month + 2) / 3)).OrderBy(g => g.Key).TakeLast(MostQuarters)
                .Select(g => CalibrationRow.Of(0, 1, $"{g.Key.Year} Q{g.Key.Quarter}", [.. g]))]);
    }
}

/// <summary>A label with the probability that was stated before it; null where none was.</summary>
internal sealed record StatedLabel(double? Probability, bool Mines, DateTimeOffset Inspected);

/// <summary>Some labels together.</summary>
/// <param name="From">Smallest probability of the band.</param>
/// <param name="To">Its end.</param>
/// <param name="Quarter">The quarter of the inspections; null where the row is of a band.</param>
/// <param name="Labels">How many.</param>
/// <param name="Mining">How many of them were found to mine.</param>
/// <param name="Stated">Mean probability stated.</param>
/// <param name="Low">Lower end of the 90 % interval of the share found (Wilson, 1927).</param>
/// <param name="High">Upper end.</param>
public sealed record CalibrationRow(double From, double To, string? Quarter, int Labels, int Mining, double Stated, double Low, double High)
{
    /// <summary>Share that was found to mine.</summary>
    public double Found => (double)Mining / Labels;

    /// <summary>Whether what was stated lies within the interval of what was found.</summary>
    public bool Agrees => Stated >= Low && Stated <= High;

    internal static CalibrationRow Of(double from, double to, string? quarter, IReadOnlyCollection<StatedLabel> labels)
    {
        var (count, mining) = (labels.Count, labels.Count(l => l.Mines));
        var (low, high) = WilsonInterval.Of(mining, count, WilsonInterval.Ninety);
        return new CalibrationRow(from, to, quarter, count, mining, labels.Average(l => l.Probability!.Value), low, high);
    }
}
