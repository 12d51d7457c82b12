// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Models;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.References;

/// <summary>Known loads that a judged one is compared with: the nearest honest and mining ones, and those of its declared use.</summary>
/// <remarks>Kept beside a model's other evidence as <c>reference.json</c>. Immutable and pure; safe to share between threads.</remarks>
public sealed class ReferenceBook
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string FileName = "reference.json";

    /// <summary>Fewest windows of a use for a p-value conditional on it: as for a source.</summary>
    public const int EnoughWindows = Calibration.ConformalReference.EnoughWindows;

    private const string Format = "detector-reference/1";

    private readonly ReferenceContent _content;
    private readonly int[] _groups;

    internal ReferenceBook(ReferenceContent content)
    {
        _content = content;
        _groups = GroupEnds(FeatureCatalog.Default());
    }

    /// <summary>The uses that there are references of, with how many honest windows, sites and recorded sites.</summary>
    public IReadOnlyList<(DeclaredUse Use, int Windows, int Sites, int RecordedSites)> Uses =>
        [.. _content.Uses.Select(u => (u.Use, u.Distances.Length, u.Sites, u.RecordedSites))];

    /// <summary>How many exemplars of each kind there are.</summary>
    public IReadOnlyList<(string Kind, int Exemplars)> Kinds =>
        [.. _content.Exemplars.CountBy(e => e.Kind).Select(k => (k.Key, k.Value))];

    /// <summary>Reads the references of a model folder; null where the folder has none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged or made for other features; the message says which.</exception>
    public static ReferenceBook? TryLoad(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        var content = ModelEnvelope.Read<ReferenceContent>(Format, path);
        return content.Features.SequenceEqual(FeatureCatalog.Default().Features.Select(f => f.Name))
            ? new ReferenceBook(content)
            : throw new InvalidDataException($"The references '{path}' were made for other features. Train the model again.");
    }

    /// <summary>Writes <c>reference.json</c> into a folder, made where needed; the same references give the same bytes.</summary>
    public void Save(string folder) => ModelEnvelope.Write(_content, Format, Path.Combine(folder, FileName));

    /// <summary>Index after the last feature of each group.</summary>
    internal static int[] GroupEnds(FeatureCatalog catalog)
    {
        var end = 0;
        return [.. catalog.Groups.Select(g => end += g.Features.Count)];
    }

    /// <summary>What honest load of a use looks like, feature by feature; null where there is no reference of it.</summary>
    internal IReadOnlyList<FeatureReference>? RangesOf(DeclaredUse use) => Find(use)?.Ranges;

    /// <summary>What a load resembles, and how it stands to its declared use.</summary>
    /// <param name="values">Its features.</param>
    /// <param name="use">What its site declares.</param>
    /// <param name="suspicion">Its suspicion by the model.</param>
    internal ReferenceEvidence Compare(ReadOnlySpan<float> values, DeclaredUse use, double suspicion)
    {
        var scaled = _content.Scale.Apply(values);
        var (honest, mining) = (Nearest(scaled, e => !e.IsMining), Nearest(scaled, e => e.IsMining));
        if (honest.Exemplar is null || mining.Exemplar is null)
        {
            return new ReferenceEvidence(null, null);
        }

        var nearest = new NearestReferences(Describe(honest.Exemplar, honest.Distance), Describe(mining.Exemplar, mining.Distance));
        return new ReferenceEvidence(nearest, Find(use) is { } known ? Compare(scaled, known, suspicion, mining.Distance) : null);
    }

    private UseReference? Find(DeclaredUse use) => _content.Uses.FirstOrDefault(u => u.Use == use);

    private UseEvidence? Compare(short[] scaled, UseReference reference, double suspicion, double toMining)
    {
        var (exemplar, distance) = Nearest(scaled, e => !e.IsMining && e.Use == reference.Use);
        if (exemplar is null)
        {
            return null;
        }

        var comparison = new DeclaredComparison(
            reference.Use.Name(),
            reference.Suspicion.Length >= EnoughWindows ? ShareAtLeast(reference.Suspicion, suspicion) : null,
            ShareAtLeast(reference.Distances, distance),
            Rounded(distance),
            Rounded(reference.Distances[(int)(0.95 * (reference.Distances.Length - 1))]),
            reference.Distances.Length,
            reference.Sites,
            reference.RecordedSites);
        var cap = reference.Calibrator.Cap;
        return new UseEvidence(
            comparison, Math.Clamp(reference.Calibrator.LogOdds(distance), -cap, cap), toMining < distance, Farthest(scaled, exemplar.Vector), reference.Ranges);
    }

    /// <summary>The feature that differs most, in the group that does.</summary>
    private int Farthest(short[] a, short[] b)
    {
        int at = 0, farthest = 0;
        var most = -1.0;
        foreach (var end in _groups)
        {
            var (square, count) = ReferenceScale.Group(a.AsSpan(at..end), b.AsSpan(at..end));
            if (count > 0 && square / count > most)
            {
                most = square / count;
                farthest = Enumerable.Range(at, end - at)
                    .Where(i => a[i] != ReferenceScale.Unknown && b[i] != ReferenceScale.Unknown)
                    .MaxBy(i => Math.Abs(a[i] - b[i]));
            }

            at = end;
        }

        return farthest;
    }

    private (Exemplar? Exemplar, double Distance) Nearest(short[] scaled, Func<Exemplar, bool> among)
    {
        (Exemplar? Exemplar, double Distance) nearest = (null, double.PositiveInfinity);
        foreach (var exemplar in _content.Exemplars)
        {
            if (among(exemplar) && ReferenceScale.Distance(scaled, exemplar.Vector, _groups) is var distance && distance < nearest.Distance)
            {
                nearest = (exemplar, distance);
            }
        }

        return nearest;
    }

    /// <summary>The conformal p-value: one and the references at least as high, over one and all of them.</summary>
    private static double ShareAtLeast(double[] ascending, double value)
    {
        var below = Array.BinarySearch(ascending, value);
        below = below < 0 ? ~below : below;
        while (below > 0 && ascending[below - 1] >= value)
        {
            below--;
        }

        return Math.Round((1.0 + ascending.Length - below) / (1.0 + ascending.Length), 6, MidpointRounding.AwayFromZero);
    }

    private static NearestReference Describe(Exemplar exemplar, double distance) => new(exemplar.Kind, Rounded(distance), exemplar.Text, exemplar.TextZh);

    private static double Rounded(double distance) => Math.Round(distance, 3, MidpointRounding.AwayFromZero);
}

/// <summary>What a load resembles.</summary>
/// <param name="Nearest">The nearest references; null where there are none.</param>
/// <param name="Use">How it stands to the declared use; null where there is no reference of it.</param>
internal sealed record ReferenceEvidence(NearestReferences? Nearest, UseEvidence? Use);

/// <summary>How a load stands to the use that its site declared.</summary>
/// <param name="Comparison">The figures.</param>
/// <param name="LogOdds">Log likelihood ratio of mining that declares this use, from the distance alone.</param>
/// <param name="IsNearerMining">Whether a mining reference is nearer than any of the use.</param>
/// <param name="Feature">Index of the feature that differs most from the nearest reference of the use.</param>
/// <param name="Ranges">What honest load of the use looks like.</param>
internal sealed record UseEvidence(
    DeclaredComparison Comparison, double LogOdds, bool IsNearerMining, int Feature, IReadOnlyList<FeatureReference> Ranges)
{
    /// <summary>Largest mismatch p-value at which a load is watched for not being what it was declared to be.</summary>
    private const double MismatchBelow = 0.01;

    /// <summary>Largest p-value, among honest loads of the same use, of a case.</summary>
    private const double UnusualBelow = 0.01;

    /// <summary>Whether the load is so unlike its declared use, and more like mining, that it is worth a watch.</summary>
    public bool IsMismatch => Comparison.MismatchPValue <= MismatchBelow && IsNearerMining;

    /// <summary>Whether honest loads of the same use are often as suspicious.</summary>
    public bool IsUsualInUse => Comparison.PValue is > UnusualBelow;
}
