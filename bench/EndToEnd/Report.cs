// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Bench.EndToEnd;

/// <summary>What a run prints: figures as they stand in docs/benchmarks.md, whatever the machine's language.</summary>
internal static class Report
{
    /// <summary>A line.</summary>
    public static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>The middle of an odd number of values.</summary>
    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>The middle of the ratios of two rates within each turn: a machine that slows down slows both.</summary>
    public static double MedianRatio(IEnumerable<double> rates, IEnumerable<double> limits) => Median([.. rates.Zip(limits, (rate, limit) => rate / limit)]);
}
