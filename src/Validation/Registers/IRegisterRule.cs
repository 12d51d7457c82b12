// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Validation.Series;

namespace Detector.Validation.Registers;

/// <summary>From one reading of a cumulative register to the next, where the register did not simply rise.</summary>
/// <param name="BeforeKilowattHours">The register at the start of the interval.</param>
/// <param name="AfterKilowattHours">The register at its end.</param>
/// <param name="Hours">Length of the interval; above zero.</param>
/// <param name="MostKilowatts">Power that the load may have had at most, as the meter's other intervals show it; NaN where too few do.</param>
internal readonly record struct RegisterStep(double BeforeKilowattHours, double AfterKilowattHours, double Hours, double MostKilowatts)
{
    /// <summary>Whether this much energy may have passed in the interval; where the power is not known, as little as a hundredth of <paramref name="within"/>.</summary>
    public bool MayBe(double kilowattHours, double within) =>
        kilowattHours >= 0 && kilowattHours <= (double.IsNaN(MostKilowatts) ? within / 100 : MostKilowatts * Hours);
}

/// <summary>What one kind of break in a register means for the interval it falls in. Must be a function of the step alone.</summary>
internal interface IRegisterRule
{
    /// <summary>Name in docs/validation.md.</summary>
    string Name { get; }

    /// <summary>The flag it sets on the interval.</summary>
    QualityFlags Flag { get; }

    /// <summary>Whether the interval keeps an energy.</summary>
    SeriesEffect Effect { get; }

    /// <summary>Whether this is the rule's kind of break.</summary>
    /// <param name="step">The step.</param>
    /// <param name="kilowattHours">Energy of the interval; NaN where it cannot be known.</param>
    bool Explains(in RegisterStep step, out double kilowattHours);
}
