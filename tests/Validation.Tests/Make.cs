// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation;

/// <summary>Readings for tests.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public static readonly MeterId Meter = MeterId.Of("m");

    public static List<Reading> Readings(TimeSpan cadence, int count, Func<int, double> power) =>
        [.. Enumerable.Range(0, count).Select(i => new Reading(Meter, Start + (cadence * i)) { PowerKilowatts = power(i) })];

    /// <summary>An office by the hour, in 0.1 kW: a day shape, a weekend, noise.</summary>
    public static Func<int, double> Office(int seed)
    {
        var random = new Random(seed);
        return i =>
        {
            var (hour, weekday) = (i % 24, i / 24 % 7);
            var day = weekday < 5 && hour is > 7 and < 19 ? 60 : 0;
            return Math.Round((40 + day) * (1 + (0.05 * (random.NextDouble() - 0.5))), 1);
        };
    }

    public static SeriesAssessment Assess(IReadOnlyList<Reading> readings) => new SeriesAssessor().Assess(Meter, readings);

    public static int Flagged(this SeriesAssessment assessment, QualityFlags flag) => assessment.Series.Quality.Count(q => (q & flag) != 0);
}
