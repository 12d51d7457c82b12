// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using Detector.Cases;
using Detector.Cases.Inspections;

namespace Detector.Web.Views;

/// <summary>Finds what was stated of each inspected meter before its inspection.</summary>
/// <remarks>What was stated before an inspection does not change any more: it is read once a label.</remarks>
internal sealed class CalibrationDesk(CaseDesk desk)
{
    /// <summary>Most labels that are held against probabilities, the latest inspections.</summary>
    internal const int MostLabels = 1000;

    private readonly ConcurrentDictionary<(string Meter, DateTimeOffset Inspected), double?> _stated = new();

    /// <summary>The labels held against what was stated.</summary>
    public async Task<LabelCalibration> OfAsync(IReadOnlyList<InspectedLabel> labels, CancellationToken cancel)
    {
        var held = new List<StatedLabel>();
        foreach (var label in labels.OrderByDescending(l => l.Inspected).Take(MostLabels))
        {
            var key = (label.Meter.Value, label.Inspected);
            if (!_stated.TryGetValue(key, out var probability))
            {
                // Of a window that was judged again later, what was stated first.
                var before = (await desk.HistoryAsync(label.Site, cancel))
                    .Where(v => v.Finding.Meter == label.Meter && v.Finding.Window.To <= label.Inspected && v.Finding.Probability is not null)
                    .OrderByDescending(v => v.Finding.Window.To).ThenBy(v => v.Sequence).FirstOrDefault();
                _stated[key] = probability = before?.Finding.Probability;
            }

            held.Add(new StatedLabel(probability, label.Mines, label.Inspected));
        }

        return LabelCalibration.Of(held);
    }
}
