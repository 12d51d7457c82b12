// SPDX-License-Identifier: Apache-2.0
using CsCheck;
using Detector.Metering;
using Detector.Validation.Series;

namespace Detector.Validation.Tests;

/// <summary>The shortcut of the rule of coarse steps decides as the rule by its definition does.</summary>
internal sealed class CoarseStepsTests
{
    private static readonly Gen<double[]> Loads = Gen.OneOf(
        Gen.Int[0, 40].Select(v => (double)v).Array[3, 60],
        Gen.Int[900, 1100].Select(v => v / 10.0).Array[3, 60],
        Gen.Int[0, 9].Select(v => 100 + (v * 1e-8)).Array[3, 60],
        Gen.Int[0, 6].Select(v => 100 + (v * 0.7)).Array[3, 60],
        Gen.Double[1, 1.02].Array[3, 60]);

    [Test]
    public void Each_load_is_marked_or_not_by_the_smallest_step_between_its_distinct_values() => Loads.Sample(load =>
    {
        var columns = new ReadingColumns
        {
            Meter = MeterId.Of("m-1"),
            UnixMicroseconds = [.. Enumerable.Range(0, load.Length).Select(i => i * 3_600_000_000L)],
            PowerKilowatts = load,
        };
        var samples = Samples.Of(columns);
        var subject = new SeriesSubject(Grid.Of(columns.Meter, samples, TimeSpan.FromHours(1)).Series, samples);
        var distinct = RoundingStep.Distinct(load);
        var expected = distinct.Length >= 3 && RoundingStep.Smallest(distinct) > 0.01 * SeriesSubject.RunningLevel(subject.Sorted());
        new CoarseSteps().Mark(subject);
        return subject.Series.Quality.All(q => ((q & QualityFlags.Coarse) != 0) == expected);
    });
}
