// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>What goes into a feeder, what its sub-meters register, and what is left.</summary>
/// <param name="Parent">The parent meter.</param>
/// <param name="SubMeters">How many sub-meters the register names.</param>
/// <param name="ParentKilowatts">Mean of the parent over the hours known of all, kW.</param>
/// <param name="SubMeterKilowatts">Mean of the sum.</param>
/// <param name="Loss">The technical loss.</param>
/// <param name="ResidualKilowatts">Median of what is left over the last 28 days, kW.</param>
/// <param name="LowKilowatts">Its lower bound at 90 %, from what is not known of the loss.</param>
/// <param name="HighKilowatts">Its upper bound: the constant loss may be none.</param>
/// <param name="PeakKilowatts">90th percentile of what is left over the window.</param>
/// <param name="TroughKilowatts">10th percentile; under zero where the sub-meters register more than is fed in.</param>
/// <param name="ErrorKilowatts">Metering error: less than this cannot be told from nothing.</param>
/// <param name="Faults">Faults found in meters and set right for the balance.</param>
/// <param name="Unknown">Sub-meters unknown in more than a tenth of the hours.</param>
public sealed record FeederBalance(
    MeterId Parent, int SubMeters, double ParentKilowatts, double SubMeterKilowatts, LossEstimate Loss, double ResidualKilowatts,
    double LowKilowatts, double HighKilowatts, double PeakKilowatts, double TroughKilowatts, double ErrorKilowatts,
    IReadOnlyList<SubMeterFault> Faults, IReadOnlyList<MeterId> Unknown)
{
    /// <summary>Whether what is left cannot be told from metering error.</summary>
    public bool IsClosed => !(PeakKilowatts >= ErrorKilowatts);

    /// <summary>Whether the sub-meters register more than is fed in.</summary>
    public bool IsOverdrawn => TroughKilowatts < -ErrorKilowatts && ResidualKilowatts < 0;
}
