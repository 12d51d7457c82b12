// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Baselines;

/// <summary>One statistic against a threshold; learns nothing but the threshold, which the evaluation sets.</summary>
internal sealed class ThresholdBaseline(string name, Func<WindowStatistics, double> score) : IBaseline
{
    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public void Fit(IReadOnlyList<BaselineSample> samples, int seed)
    {
        // A statistic has nothing to learn.
    }

    /// <inheritdoc />
    public double Score(WindowStatistics window) => score(window);
}
