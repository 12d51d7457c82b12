// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Simulation;

/// <summary>How a meter rounds: to a step in kW, then to a number of significant digits.</summary>
/// <param name="StepKilowatts">Smallest step in kW; zero for none.</param>
/// <param name="SignificantDigits">Digits kept, 1 to 9; zero for all.</param>
/// <remarks>
/// What is added to a recording must be rounded as the recording is, or a model learns the digits instead of the load.
/// <see cref="Detect"/> reads the rounding off the values, such that rounding them again changes none.
/// </remarks>
public readonly record struct MeterRounding(double StepKilowatts, int SignificantDigits)
{
    // Coarse first; 0.25-based steps are energy registers of 1 kWh, 0.1 kWh and so on read each quarter hour and the like.
    private static readonly double[] Steps =
        [100, 50, 20, 10, 5, 4, 2, 1, 0.5, 0.4, 0.2, 0.1, 0.05, 0.04, 0.02, 0.01, 0.005, 0.004, 0.002, 0.001, 0.0005, 0.0001];

    private static readonly double[] Powers = [1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];

    /// <summary>No rounding.</summary>
    public static MeterRounding None { get; } = new(0, 0);

    /// <summary>The value as the meter shows it; NaN stays NaN.</summary>
    public double Round(double kilowatts)
    {
        var value = StepKilowatts > 0 ? ToStep(kilowatts, StepKilowatts) : kilowatts;
        return SignificantDigits > 0 ? ToDigits(value, SignificantDigits) : value;
    }

    /// <summary>Rounds every value in place.</summary>
    public void Apply(Span<float> kilowatts)
    {
        foreach (ref var value in kilowatts)
        {
            value = (float)Round(value);
        }
    }

    /// <summary>The coarsest rounding that leaves every one of these values unchanged; missing ones are passed over.</summary>
    /// <remarks>Both parts may be zero: values with more than seven digits or no common step down to 0.1 W.</remarks>
    public static MeterRounding Detect(ReadOnlySpan<float> kilowatts)
    {
        var digits = 0;
        for (var n = 1; n <= 7 && digits == 0; n++)
        {
            digits = Unchanged(kilowatts, new MeterRounding(0, n)) ? n : 0;
        }

        foreach (var step in Steps)
        {
            var candidate = new MeterRounding(step, digits);
            if (Unchanged(kilowatts, candidate))
            {
                return candidate;
            }
        }

        return new MeterRounding(0, digits);
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var step = StepKilowatts > 0 ? StepKilowatts.ToString(CultureInfo.InvariantCulture) + " kW" : "no step";
        return SignificantDigits > 0 ? step + ", " + SignificantDigits.ToString(CultureInfo.InvariantCulture) + " digits" : step;
    }

    private static bool Unchanged(ReadOnlySpan<float> values, MeterRounding rounding)
    {
        foreach (var value in values)
        {
            if (!float.IsNaN(value) && (float)rounding.Round(value) != value)
            {
                return false;
            }
        }

        return true;
    }

    private static double ToStep(double value, double step)
    {
        // Dividing by a whole number gives the double nearest to the decimal; multiplying by 0.1 would not.
        var inverse = 1 / step;
        var whole = Math.Round(inverse);
        return step < 1 && Math.Abs(inverse - whole) < 1e-6 * whole ? Math.Round(value * whole) / whole : Math.Round(value / step) * step;
    }

    private static double ToDigits(double value, int digits)
    {
        var size = Math.Abs(value);
        if (!(size > 1e-8) || size >= 1e9)
        {
            return value;
        }

        var exponent = -9;
        while (exponent < 9 && size >= Powers[exponent + 10])
        {
            exponent++;
        }

        // The power of ten of the last digit kept.
        var last = exponent - digits + 1;
        return last >= 0
            ? Math.Round(value / Powers[last + 9]) * Powers[last + 9]
            : Math.Round(value * Powers[Math.Min(19, 9 - last)]) / Powers[Math.Min(19, 9 - last)];
    }
}
