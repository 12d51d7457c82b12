// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Validation.Series;

namespace Detector.Validation.Registers;

/// <summary>The register ran over its last digit and began again at zero: the energy is what was left to the end, and what it shows now.</summary>
/// <remarks>
/// Ends are powers of ten from 100 kWh on, which is how registers of digits end, and 2^31 and 2^32 Wh, which is how binary counters do. Holds where the energy that follows
/// may have passed in the interval; a register that is reset far below its end would ask for more. Cannot be told from a reset within one usual interval of an end.
/// </remarks>
internal sealed class Rollover : IRegisterRule
{
    private static readonly double[] Ends = [1e2, 1e3, 1e4, 1e5, 1e6, 2_147_483.648, 4_294_967.296, 1e7, 1e8, 1e9, 1e10];

    public string Name => "register_rollover";

    public QualityFlags Flag => QualityFlags.RegisterRollover;

    public SeriesEffect Effect => SeriesEffect.Mark;

    public bool Explains(in RegisterStep step, out double kilowattHours)
    {
        kilowattHours = double.NaN;
        if (step.AfterKilowattHours >= step.BeforeKilowattHours || step.AfterKilowattHours < 0)
        {
            return false;
        }

        foreach (var end in Ends)
        {
            var energy = end - step.BeforeKilowattHours + step.AfterKilowattHours;
            if (step.BeforeKilowattHours < end && step.MayBe(energy, end))
            {
                kilowattHours = energy;
                return true;
            }
        }

        return false;
    }
}
