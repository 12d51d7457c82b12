// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Validation.Series;

namespace Detector.Validation.Registers;

/// <summary>The register was set back to zero and has counted since: what it shows is of the interval's end only, so the interval has no energy.</summary>
/// <remarks>Holds where the register falls to what may have passed since. A new meter that starts at zero looks the same.</remarks>
internal sealed class Reset : IRegisterRule
{
    public string Name => "register_reset";

    public QualityFlags Flag => QualityFlags.RegisterReset;

    public SeriesEffect Effect => SeriesEffect.Exclude;

    public bool Explains(in RegisterStep step, out double kilowattHours)
    {
        kilowattHours = double.NaN;
        return step.AfterKilowattHours < step.BeforeKilowattHours && step.MayBe(step.AfterKilowattHours, step.BeforeKilowattHours);
    }
}
