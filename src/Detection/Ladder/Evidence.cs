// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change;
using Detector.Metering;

namespace Detector.Detection.Ladder;

/// <summary>All that speaks for or against one meter over one window.</summary>
/// <param name="Whole">What the load as a whole says.</param>
/// <param name="Change">The load added for good that looks most like mining; null where none is worth a watch.</param>
/// <param name="Registration">What the site declared.</param>
/// <param name="WindowDays">Length of the window in days.</param>
/// <param name="PeakKilowatts">95th percentile of the hourly load in kW.</param>
internal sealed record Evidence(
    ClassEvidence Whole, ChangeEvidence? Change, MeterRegistration Registration, double WindowDays, double PeakKilowatts)
{
    /// <summary>Peak over contracted capacity; NaN where the capacity is unknown.</summary>
    /// <remarks>The peak, not the mean: a miner that runs by night only still uses its connection when it runs.</remarks>
    public double Utilisation => Registration.ContractedKilowatts is > 0 and { } contracted ? PeakKilowatts / contracted : double.NaN;
}
