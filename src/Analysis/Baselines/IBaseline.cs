// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Baselines;

/// <summary>A simple rule or model that the product is measured against in the same run.</summary>
internal interface IBaseline
{
    /// <summary>Name in the tables.</summary>
    string Name { get; }

    /// <summary>Learns from training windows, where it learns at all; deterministic by seed.</summary>
    void Fit(IReadOnlyList<BaselineSample> samples, int seed);

    /// <summary>Higher is more like mining; any scale. Asked for the same window twice it answers the same.</summary>
    double Score(WindowStatistics window);
}

/// <summary>A training window of a baseline.</summary>
/// <param name="Window">Its statistics.</param>
/// <param name="Mining">Whether mining is in it.</param>
/// <param name="Weight">How much it counts; over zero.</param>
internal readonly record struct BaselineSample(WindowStatistics Window, bool Mining, double Weight);
