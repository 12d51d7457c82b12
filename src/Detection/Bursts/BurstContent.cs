// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Trees;

namespace Detector.Detection.Bursts;

/// <summary>Everything that the evidence of bursts is, as it is stored in <c>burst.json</c>.</summary>
internal sealed record BurstContent
{
    public required IReadOnlyList<string> Features { get; init; }

    public required IReadOnlyList<BurstHead> Heads { get; init; }

    public required double Prior { get; init; }

    public required ConformalReference Conformal { get; init; }

    public required IReadOnlyList<BurstCount> TrainedOn { get; init; }
}

/// <summary>What one grid is judged by.</summary>
/// <param name="CellSeconds">The grid.</param>
/// <param name="Trees">The ensemble.</param>
/// <param name="Calibrator">From its score to a log likelihood ratio.</param>
/// <param name="Thresholds">Where it counts.</param>
/// <param name="Honest">What honest load looks like on this grid, feature by feature.</param>
internal sealed record BurstHead(
    int CellSeconds, TreeEnsemble Trees, LogisticCalibrator Calibrator, BurstThresholds Thresholds, IReadOnlyList<FeatureReference> Honest);

/// <summary>Log likelihood ratios at which a burst counts, on one grid.</summary>
/// <param name="CellSeconds">The grid.</param>
/// <param name="Watch">At and beyond it the load looks like hashing.</param>
/// <param name="Against">At and below it the load does not look like hashing at all.</param>
public sealed record BurstThresholds(int CellSeconds, double Watch, double Against);

/// <summary>Recordings and windows of one set that were trained on.</summary>
public sealed record BurstCount(string Set, bool Hashing, int Recordings, int Windows);
