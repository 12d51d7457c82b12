// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Validation.Series;

namespace Detector.Validation.Registers;

/// <summary>The register goes on from elsewhere, as that of another meter does: the two readings say nothing of the interval between them.</summary>
/// <remarks>Holds for any other fall, and for a rise that the load cannot have made. Energy is counted on each side of the change, never across it.</remarks>
internal sealed class ReplacedMeter : IRegisterRule
{
    public string Name => "meter_replaced";

    public QualityFlags Flag => QualityFlags.MeterReplaced;

    public SeriesEffect Effect => SeriesEffect.Exclude;

    public bool Explains(in RegisterStep step, out double kilowattHours)
    {
        kilowattHours = double.NaN;
        return step.AfterKilowattHours < step.BeforeKilowattHours
            || step.AfterKilowattHours - step.BeforeKilowattHours > step.MostKilowatts * step.Hours; // never, where that is not known
    }
}
