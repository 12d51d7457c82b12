// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Validation.Registers;
using Detector.Validation.Series;

namespace Detector.Validation;

/// <summary>Makes a judged load series of a meter's readings; see docs/validation.md.</summary>
/// <remarks>Pure: the same readings in the same order give the same series, bit for bit.</remarks>
public sealed class SeriesAssessor
{
    private readonly ISeriesRule[] _rules;
    private readonly RegisterIntervals _registers = new(RegisterRuleCatalog.Default());

    /// <summary>An assessor by the rules of a catalogue.</summary>
    public SeriesAssessor(SeriesRuleCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        _rules = [.. catalog.Rules];
    }

    /// <summary>An assessor by the product's rules.</summary>
    public SeriesAssessor()
        : this(SeriesRuleCatalog.Default())
    {
    }

    /// <summary>Assesses readings that are all of one meter, in any order.</summary>
    public SeriesAssessment Assess(MeterId meter, IReadOnlyList<Reading> readings) => Assess(ReadingColumns.Of(meter, readings));

    /// <summary>Assesses readings by column.</summary>
    public SeriesAssessment Assess(ReadingColumns readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var samples = Samples.Of(readings);
        var known = CadenceOf.Samples(samples);
        var cadence = known ?? TimeSpan.FromHours(1);
        _registers.Fill(samples, cadence);
        var grid = Grid.Of(readings.Meter, samples, cadence);
        var subject = new SeriesSubject(grid.Series, samples);
        foreach (var rule in _rules)
        {
            rule.Mark(subject);
        }

        return new SeriesAssessment(grid.Series, known is not null, readings.Count, samples.Repeats, samples.Conflicts, grid.BeyondGrid, Counts(grid.Series));
    }

    private static List<QualityCount> Counts(LoadSeries series)
    {
        var counts = new int[32];
        foreach (var flags in series.Quality)
        {
            for (var rest = (uint)flags; rest != 0; rest &= rest - 1)
            {
                counts[System.Numerics.BitOperations.TrailingZeroCount(rest)]++;
            }
        }

        var quality = new List<QualityCount>();
        for (var bit = 0; bit < counts.Length; bit++)
        {
            var flag = (QualityFlags)(1 << bit);
            if (counts[bit] > 0 && flag != QualityFlags.Missing && QualityFlagNames.Text(flag) is { Length: > 0 } name)
            {
                quality.Add(new QualityCount(name, counts[bit]));
            }
        }

        return quality;
    }
}
