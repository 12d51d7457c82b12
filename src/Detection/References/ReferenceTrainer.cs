// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Training;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.References;

/// <summary>Chooses exemplars of each kind of load, and measures what honest loads of each declared use are like.</summary>
/// <remarks>
/// Exemplars are spread over a kind: first the window nearest the kind's middle, then again and again the one farthest from
/// those chosen, each of another site. Distances are measured to exemplars of other sites. The same samples give the same
/// references, byte for byte.
/// </remarks>
public static class ReferenceTrainer
{
    private const int ExemplarsOfKind = 12;
    private const int LeastSites = 10; // fewer say nothing of what is usual in a use

    /// <summary>Makes the references of a model.</summary>
    /// <param name="model">The model whose suspicion is counted.</param>
    /// <param name="samples">Known loads, honest and mining.</param>
    public static ReferenceBook Fit(DetectorModel model, IReadOnlyList<ReferenceSample> samples)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(samples);
        var catalog = FeatureCatalog.Default();
        var groups = ReferenceBook.GroupEnds(catalog);
        var scale = ReferenceScale.Of(model.Honest);
        var known = samples.Select(s => new Known(s, scale.Apply(s.Profile.Values))).ToArray();
        Exemplar[] exemplars = [.. known.GroupBy(k => k.Sample.Kind, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).SelectMany(g => Choose(Longest([.. g]), groups))];
        var uses = known.Where(k => !k.Sample.IsMining && k.Sample.Use is not (DeclaredUse.Unknown or DeclaredUse.MiningDeclared))
            .GroupBy(k => k.Sample.Use).OrderBy(g => g.Key)
            .Select(g => OfUse(model, g.Key, [.. g], [.. known.Where(k => k.Sample.IsMining)], exemplars, groups, catalog))
            .OfType<UseReference>();
        return new ReferenceBook(new ReferenceContent
        {
            Features = [.. catalog.Features.Select(f => f.Name)],
            Scale = scale,
            Exemplars = exemplars,
            Uses = [.. uses],
        });
    }

    /// <summary>The full windows of a kind; all of them where none is full.</summary>
    private static Known[] Longest(Known[] kind)
    {
        Known[] full = [.. kind.Where(k => k.Sample.Profile.Window.Length.TotalDays >= ModelThresholds.FullDays - 0.05)];
        return full.Length > 0 ? full : kind;
    }

    private static List<Exemplar> Choose(Known[] kind, int[] groups)
    {
        var middle = Middle(kind);
        var apart = kind.Select(k => ReferenceScale.Distance(k.Vector, middle, groups)).ToArray();
        var next = Array.IndexOf(apart, apart.Min());
        var chosen = new List<Exemplar>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        Array.Fill(apart, double.PositiveInfinity);
        while (next >= 0)
        {
            var sample = kind[next].Sample;
            chosen.Add(new Exemplar(sample.Kind, sample.Text, sample.TextZh, sample.IsMining, sample.Use, sample.Site, kind[next].Vector));
            taken.Add(sample.Site);
            if (chosen.Count == ExemplarsOfKind)
            {
                break;
            }

            var from = kind[next].Vector;
            next = -1;
            for (var i = 0; i < kind.Length; i++)
            {
                apart[i] = Math.Min(apart[i], ReferenceScale.Distance(kind[i].Vector, from, groups));
                next = taken.Contains(kind[i].Sample.Site) || (next >= 0 && apart[i] <= apart[next]) ? next : i;
            }
        }

        return chosen;
    }

    /// <summary>The median of each feature over a kind.</summary>
    private static short[] Middle(Known[] kind)
    {
        var middle = new short[kind[0].Vector.Length];
        for (var f = 0; f < middle.Length; f++)
        {
            short[] values = [.. kind.Select(k => k.Vector[f]).Where(v => v != ReferenceScale.Unknown).Order()];
            middle[f] = values.Length == 0 ? ReferenceScale.Unknown : values[values.Length / 2];
        }

        return middle;
    }

    private static UseReference? OfUse(
        DetectorModel model, DeclaredUse use, Known[] honest, Known[] mining, Exemplar[] exemplars, int[] groups, FeatureCatalog catalog)
    {
        var sites = honest.Select(h => (h.Sample.Site, h.Sample.Recorded)).Distinct().ToArray();
        Exemplar[] own = [.. exemplars.Where(e => !e.IsMining && e.Use == use)];
        double Distance(Known load) => own.Where(e => e.Site != load.Sample.Site)
            .Select(e => ReferenceScale.Distance(load.Vector, e.Vector, groups)).DefaultIfEmpty(double.PositiveInfinity).Min();
        var distances = honest.Select(Distance).ToArray();
        if (sites.Length < LeastSites || distances.Any(double.IsInfinity))
        {
            return null;
        }

        var perSite = honest.CountBy(h => h.Sample.Site).ToDictionary(StringComparer.Ordinal);
        double[] weights = [.. honest.Select(h => 1.0 / perSite[h.Sample.Site]), .. mining.Select(_ => 1.0)];
        return new UseReference
        {
            Use = use,
            Ranges = HonestReference.Of([.. honest.Select(h => h.Sample.AsTraining())], catalog),
            Suspicion = [.. honest.Where(h => !h.Sample.TrainedOn).Select(h => Math.Round(model.Suspicion(model.Score(h.Sample.Profile)), 4)).Order()],
            Distances = [.. distances.Select(d => Math.Round(d, 4)).Order()],
            Calibrator = LogisticCalibrator.Fit(
                [.. distances, .. mining.Select(Distance)], [.. honest.Select(_ => false), .. mining.Select(_ => true)], weights, sites.Length),
            Sites = sites.Length,
            RecordedSites = sites.Count(s => s.Recorded),
        };
    }

    private sealed record Known(ReferenceSample Sample, short[] Vector);
}

/// <summary>A known load that others are compared with.</summary>
/// <param name="Profile">Its features.</param>
/// <param name="IsMining">Whether it is mining.</param>
/// <param name="Use">What its site declares; unknown for mining.</param>
/// <param name="Kind">Code of its kind; a few exemplars of each are kept.</param>
/// <param name="Text">What it is, in English, such as <c>simulated telecom site, 91 days</c>.</param>
/// <param name="TextZh">In Chinese.</param>
/// <param name="Site">Its site.</param>
/// <param name="Recorded">Whether it was recorded, not simulated.</param>
/// <param name="TrainedOn">Whether the model's trees saw it: its suspicion then says nothing of others.</param>
public sealed record ReferenceSample(
    LoadProfile Profile, bool IsMining, DeclaredUse Use, string Kind, string Text, string TextZh, string Site, bool Recorded, bool TrainedOn)
{
    internal TrainingSample AsTraining() => new(Profile, SampleClass.Honest, 0, Kind, Site, null, 1);
}
