// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Neighbours;

/// <summary>What counts as evidence between meters: section <c>Neighbours</c>.</summary>
public sealed class NeighbourOptions
{
    /// <summary>Days looked back over; as long as the window that a judgement takes.</summary>
    [Range(28, 400)]
    public int WindowDays { get; set; } = 91;

    /// <summary>Most that the losses of a feeder may come to at its mean load, as a share of it.</summary>
    /// <remarks>Low-voltage feeders lose 2 to 6 %; more is not a loss but energy that somebody draws.</remarks>
    [Range(0.01, 0.2)]
    public double MostLossShare { get; set; } = 0.08;

    /// <summary>Most that a loss without load may come to, as a share of the mean load: what a constant tap could hide under.</summary>
    /// <remarks>Iron losses of a distribution transformer are 0.1 to 0.3 % of its rating, so up to 1 % of a lightly used one.</remarks>
    [Range(0, 0.05)]
    public double MostConstantLossShare { get; set; } = 0.01;

    /// <summary>Residual below this share of the parent's mean load lies within the metering error.</summary>
    /// <remarks>Meters of class 1 with instrument transformers of class 0.5 on either side.</remarks>
    [Range(0.001, 0.2)]
    public double MeteringErrorShare { get; set; } = 0.02;

    /// <summary>Standard deviation of a meter's gain error, as a share: class 0.5 to 1 with its transformers.</summary>
    [Range(0.0001, 0.02)]
    public double MeterGainError { get; set; } = 0.004;

    /// <summary>Residual below this many kW is not judged whatever the share.</summary>
    [Range(0, 100)]
    public double LeastResidualKilowatts { get; set; } = 2;

    /// <summary>Greatest conformal p-value at which a remainder beyond the metering error is watched, whatever else the judge says.</summary>
    /// <remarks>Looser than for a meter with a customer: here nobody pays for the load, and only few feeders have any.</remarks>
    [Range(0, 1)]
    public double WatchResidualBelow { get; set; } = 0.1;

    /// <summary>Least depth of a dip below the meter's own rhythm, as a share of its level.</summary>
    [Range(0.01, 1)]
    public double LeastDip { get; set; } = 0.06;

    /// <summary>Least depth of a dip in median absolute deviations of the residual.</summary>
    [Range(2, 50)]
    public double LeastDipDeviations { get; set; } = 5;

    /// <summary>Least number of dips that two meters must share.</summary>
    [Range(2, 100)]
    public int LeastShared { get; set; } = 4;

    /// <summary>Greatest p-value, corrected for the pairs looked at, at which shared dips are evidence.</summary>
    [Range(1e-12, 0.1)]
    public double MostPValue { get; set; } = 0.001;

    /// <summary>Share of a feeder's meters that dip in one hour from which the dip is the feeder's, not theirs.</summary>
    [Range(0.1, 1)]
    public double FeederWide { get; set; } = 0.5;

    /// <summary>Share of a region's other meters that dip in one hour from which the dip is the region's: a holiday, a storm.</summary>
    [Range(0.01, 1)]
    public double RegionWide { get; set; } = 0.1;

    /// <summary>Greatest conformal p-value at which a cleared meter among others run together is watched.</summary>
    [Range(0, 1)]
    public double WatchBelow { get; set; } = 0.2;

    /// <summary>Least size in kW of a step that may be a moved load.</summary>
    [Range(1, 10000)]
    public double LeastMovedKilowatts { get; set; } = 5;

    /// <summary>Greatest difference between what went and what came, as a share of it.</summary>
    [Range(0.01, 0.5)]
    public double MovedTolerance { get; set; } = 0.15;

    /// <summary>Days between the step down and the step up at most.</summary>
    [Range(0, 31)]
    public int MovedWithinDays { get; set; } = 7;

    /// <summary>Least constancy of a moved load over the hours of the day for which it counts as flat; 1 is a constant.</summary>
    [Range(0, 1)]
    public double LeastConstancy { get; set; } = 0.6;
}
