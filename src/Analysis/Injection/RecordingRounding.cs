// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Analysis.Injection;

/// <summary>How a meter writes its values: a smallest step, a number of significant digits, and whether it ever writes zero.</summary>
/// <remarks>
/// What is added onto a recording must be written as that meter writes, or its digits give it away: a model trained on
/// full-precision additions learns digits. Estimated from the recording itself.
/// </remarks>
/// <param name="StepKilowatts">Smallest step in kW; 0 where none was found.</param>
/// <param name="Digits">Significant digits; 0 where all are kept.</param>
/// <param name="KeepsZero">Whether a value of zero is written; otherwise it is missing.</param>
internal sealed record RecordingRounding(double StepKilowatts, int Digits, bool KeepsZero)
{
    /// <summary>Share of values that must already be as rounded for a step or a number of digits to be believed.</summary>
    private const double Agreement = 0.995;

    private const int MostDigits = 6;

    // Kilowatt-hours of a quarter or half hour, or of ten minutes, turned into kW make steps of 4, 2 and 6 in the last place.
    private static readonly double[] Multiples = [6, 5, 4, 2, 1];

    /// <summary>Nothing is rounded.</summary>
    public static RecordingRounding None { get; } = new(0, 0, KeepsZero: true);

    /// <summary>Reads the rounding off a recording; missing values are NaN.</summary>
    public static RecordingRounding Of(ReadOnlySpan<float> values)
    {
        var present = new List<double>(values.Length);
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                present.Add(Shortest(value));
            }
        }

        var keepsZero = present.Contains(0);
        present.RemoveAll(v => v <= 0);
        if (present.Count == 0)
        {
            return None with { KeepsZero = keepsZero };
        }

        var digits = Enumerable.Range(2, MostDigits - 1).FirstOrDefault(d => Agree(present, v => RoundDigits(v, d)));
        return new RecordingRounding(Step(present), digits, keepsZero);
    }

    /// <summary>A value as this meter would write it; NaN where it would write nothing.</summary>
    public float Write(double kilowatts)
    {
        if (double.IsNaN(kilowatts))
        {
            return float.NaN;
        }

        var stepped = StepKilowatts > 0 ? RoundStep(kilowatts, StepKilowatts) : kilowatts;
        var written = Digits > 0 ? RoundDigits(stepped, Digits) : stepped;
        return written <= 0 && !KeepsZero ? float.NaN : (float)written;
    }

    /// <summary>A whole load as this meter would write it.</summary>
    public LoadSeries Write(LoadSeries load) => new(
        load.Meter, load.Start, load.Cadence, [.. load.PowerKilowatts.Select(v => Write(Shortest(v)))], load.Quality);

    /// <summary>The decimal number that was written, of which the float is the nearest.</summary>
    private static double Shortest(float value) => float.IsNaN(value) ? double.NaN : (double)(decimal)value;

    private static double Step(List<double> present)
    {
        for (var exponent = 2; exponent >= -4; exponent--)
        {
            foreach (var multiple in Multiples)
            {
                var step = multiple * Math.Pow(10, exponent);
                if (Agree(present, v => RoundStep(v, step)))
                {
                    return step;
                }
            }
        }

        return 0;
    }

    private static bool Agree(List<double> values, Func<double, double> rounded)
    {
        var allowed = (int)((1 - Agreement) * values.Count);
        foreach (var value in values)
        {
            if (Math.Abs(rounded(value) - value) > 1e-6 * value && --allowed < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static double RoundStep(double value, double step) => Math.Round(value / step) * step;

    private static double RoundDigits(double value, int digits)
    {
        if (value == 0)
        {
            return 0;
        }

        var scale = Math.Pow(10, digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))));
        return Math.Round(value * scale) / scale;
    }
}
