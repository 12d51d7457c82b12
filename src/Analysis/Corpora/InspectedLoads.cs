// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Injection;
using Detector.Analysis.Training;
using Detector.Detection;
using Detector.Metering;
using Detector.Recordings;

namespace Detector.Analysis.Corpora;

/// <summary>Loads whose truth an inspection found: honest ones join the recordings, mines give windows of real mining.</summary>
/// <remarks>
/// A label speaks of the load before its inspection: afterwards machines may be gone, or have come. A mine counts from its onset; where that is unknown, only the
/// window that ends at the inspection does. Where the label gives no share the window trains as a mixture, which claims the least: some of it mines.
/// </remarks>
/// <param name="Honest">Meters where none were found, pooled with the small sets: too few to set a threshold alone.</param>
/// <param name="Mines">Windows of meters where machines were found.</param>
/// <param name="Summary">How many of each; null where no inspection took part.</param>
internal sealed record InspectedLoads(IReadOnlyList<RecordedLoad> Honest, IReadOnlyList<WindowRecipe> Mines, string? Summary)
{
    /// <summary>What the source of inspected mines is called on a card.</summary>
    public const string Source = "inspected sites";

    /// <summary>No inspected site.</summary>
    public static InspectedLoads None { get; } = new([], [], null);

    /// <summary>The loads of the labels that count and have readings.</summary>
    /// <exception cref="AnalysisException">Not one of them has readings.</exception>
    public static InspectedLoads Of(InspectedSites sites, PlanSizes sizes, CancellationToken cancel)
    {
        var labels = sites.Labels.Where(InspectedSites.Counts).GroupBy(l => l.Meter).ToDictionary(g => g.Key, g => g.MaxBy(l => l.Inspected)!);
        var honest = new List<RecordedLoad>();
        var mines = new List<WindowRecipe>();
        var mining = 0;
        foreach (var recording in sites.Recordings)
        {
            cancel.ThrowIfCancellationRequested();
            if (!labels.TryGetValue(recording.Meter, out var label) || Load(recording, label, sites.Registry) is not { } load)
            {
                continue;
            }

            if (label.Mines)
            {
                mining++;
                mines.AddRange(Windows(load, label, PlanSizes.LongDays, sizes.HonestPerSite, 1));
                mines.AddRange(Windows(load, label, PlanSizes.ShortDays, sizes.ShortHonestPerSite, WindowPlan.ShortWeight));
            }
            else
            {
                honest.Add(load);
            }
        }

        return honest.Count + mining > 0
            ? new InspectedLoads(honest, mines, string.Create(CultureInfo.InvariantCulture, $"meters where an inspection found none: {honest.Count}, machines: {mining}"))
            : throw new AnalysisException(["No inspected meter has readings from before its inspection: give them with --readings, as `detector export` writes them."]);
    }

    private static RecordedLoad? Load(MeterRecording recording, MeterLabel label, SiteRegistry register)
    {
        var (known, installed) = register.InstallationOf(recording.Meter, label.Inspected!.Value);
        var registration = known with { Site = $"{Source}/{label.Site}" };
        var hours = RecordingReader.Hours(recording, registration);
        var before = hours.Slice(new TimeRange(hours.Start, label.Inspected.Value).Within(installed));
        if (before.PowerKilowatts.All(float.IsNaN))
        {
            return null;
        }

        var rounding = RecordingRounding.Of(before.PowerKilowatts);
        return new RecordedLoad(RecordingSets.DataCenters, registration.Site, Source, rounding.Write(before), registration, rounding, Real: true);
    }

    private static IEnumerable<WindowRecipe> Windows(RecordedLoad load, MeterLabel label, int days, int most, double weight)
    {
        var (pure, share) = label.Share is { } known ? (known >= WindowPlan.LeastMostly, known) : (false, double.NaN);
        var from = label.Onset ?? load.Load.TimeOf(load.Load.Count) - TimeSpan.FromDays(days);
        var mined = load with { Load = load.Load.Slice(new TimeRange(from, load.Load.TimeOf(load.Load.Count))) };
        var windows = WindowCutter.Spread(label.Onset is null ? Last(mined, days) : WindowCutter.Cut(mined, days), most);
        return windows.Select(window => new WindowRecipe
        {
            Class = pure ? SampleClass.PureMining : SampleClass.Mixture,
            Source = Source,
            Site = load.Site,
            Name = $"{load.Load.Meter} {window.Series.Start:yyyy-MM-dd}",
            Days = days,
            Registration = load.Registration,
            Share = share,
            Since = MiningSince.FirstDay,
            Weight = weight * Math.Min(1, WindowPlan.MostWeightOfSite / windows.Count),
            Make = () => window.Series,
        });
    }

    /// <summary>The window that ends at the inspection, on whatever day it falls, where there is that much.</summary>
    private static LoadWindow[] Last(RecordedLoad load, int days)
    {
        var present = load.Load.PowerKilowatts.Count(v => !float.IsNaN(v));
        return present >= WindowCutter.LeastCoverage * days * 24 ? [new LoadWindow(load, load.Load, days)] : [];
    }
}
