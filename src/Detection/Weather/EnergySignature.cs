// SPDX-License-Identifier: Apache-2.0
using MathNet.Numerics.LinearAlgebra;

namespace Detector.Detection.Weather;

/// <summary>A day's load beside its weather.</summary>
/// <param name="Day">The day at the site.</param>
/// <param name="Celsius">Mean outdoor temperature.</param>
/// <param name="Kilowatts">Mean load in kW.</param>
public readonly record struct SignatureDay(DateOnly Day, double Celsius, double Kilowatts);

/// <summary>How a load follows the outdoor temperature: its energy signature, a line with a heating and a cooling branch.</summary>
/// <remarks>
/// The change-point model with five parameters of ASHRAE Guideline 14-2014, annex D (Kissock, Haberl and Claridge, "Inverse Modeling Toolkit", ASHRAE Transactions 109, 2003): daily mean load over daily mean temperature, level between two balance points,
/// straight beyond each. Days of rest have a level of their own, and a straight trend is taken out, so that growth through an autumn is not read as heating.
/// Balance points are the pair of least squares on a grid of 2 K. It is no evidence: no recording at hand comes with its weather, so nothing can be said of how often an honest load looks like this (docs/weather.md).
/// </remarks>
/// <param name="Explained">Share of the differences between days, trend and days of rest apart, that temperature explains in weeks that were left out of the fit; 0 to 1.</param>
/// <param name="BaseKilowatts">Load between the balance points in kW, of the mean day.</param>
/// <param name="HeatingBelowCelsius">The lower balance point.</param>
/// <param name="HeatingKilowattsPerKelvin">kW more for each kelvin colder than that; under zero where the load falls.</param>
/// <param name="CoolingAboveCelsius">The upper balance point.</param>
/// <param name="CoolingKilowattsPerKelvin">kW more for each kelvin warmer than that; under zero where the load falls.</param>
public sealed record EnergySignature(
    double Explained,
    double BaseKilowatts,
    double HeatingBelowCelsius,
    double HeatingKilowattsPerKelvin,
    double CoolingAboveCelsius,
    double CoolingKilowattsPerKelvin)
{
    /// <summary>Fewest days from which a signature is told.</summary>
    public const int LeastDays = 28;

    /// <summary>Least difference between the coldest and the warmest day, in kelvin.</summary>
    public const double LeastSpreadKelvin = 5;

    private const int Folds = 7;
    private const int Plain = 3; // columns that are not the temperature's: level, days of rest, trend
    private const int Columns = 5;
    private static readonly int TrendFrom = new DateOnly(2025, 1, 1).DayNumber; // where years are counted from; near the data, for arithmetic alone

    // From a cold store that heats at 6 °C to a hall that cools from 26 °C, the base of cooling degree days in JGJ 26.
    private static readonly (double Heating, double Cooling)[] BalancePoints =
        [.. from heating in Enumerable.Range(3, 8) from cooling in Enumerable.Range(heating, 14 - heating) select (2.0 * heating, 2.0 * cooling)];

    /// <summary>The signature of days, in any order; null where there are too few of them or their weather is too much alike.</summary>
    public static EnergySignature? Of(IReadOnlyList<SignatureDay> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        if (days.Count < LeastDays || days.Max(d => d.Celsius) - days.Min(d => d.Celsius) < LeastSpreadKelvin)
        {
            return null;
        }

        var (balance, fit) = Best(days);
        var level = days.Average(d => Sum(d, balance, fit, Plain));
        return new EnergySignature(Explains(days), level, balance.Heating, fit[3], balance.Cooling, fit[4]);
    }

    /// <summary>Errors on whole weeks left out in turn, with temperature against without.</summary>
    private static double Explains(IReadOnlyList<SignatureDay> days)
    {
        var (with, without) = (0.0, 0.0);
        foreach (var fold in days.GroupBy(d => d.Day.DayNumber / 7 % Folds))
        {
            SignatureDay[] others = [.. days.Where(d => d.Day.DayNumber / 7 % Folds != fold.Key)];
            if (others.Length < LeastDays / 2)
            {
                continue; // days of few weeks, all in one turn: nothing was learnt that they could be held against
            }

            var (balance, fit) = Best(others);
            var plain = Solve(others, balance, Plain);
            with += fold.Sum(d => Square(d, balance, fit));
            without += fold.Sum(d => Square(d, balance, plain));
        }

        return without > 0 ? Math.Clamp(1 - (with / without), 0, 1) : 0;
    }

    private static ((double Heating, double Cooling) Balance, double[] Fit) Best(IReadOnlyList<SignatureDay> days) =>
        BalancePoints.Select(balance => (Balance: balance, Fit: Solve(days, balance, Columns))).MinBy(one => days.Sum(d => Square(d, one.Balance, one.Fit)));

    private static double[] Solve(IReadOnlyList<SignatureDay> days, (double Heating, double Cooling) balance, int columns)
    {
        var square = Matrix<double>.Build.Dense(columns, columns);
        var right = Vector<double>.Build.Dense(columns);
        Span<double> row = stackalloc double[Columns];
        foreach (var day in days)
        {
            Fill(row, day, balance);
            for (var i = 0; i < columns; i++)
            {
                right[i] += row[i] * day.Kilowatts;
                for (var j = 0; j < columns; j++)
                {
                    square[i, j] += row[i] * row[j];
                }
            }
        }

        // A branch that no day reaches has a column of zeros; a ridge of nearly nothing makes its slope zero.
        var ridge = 1e-9 * square.Trace() / columns;
        return [.. (square + Matrix<double>.Build.DenseDiagonal(columns, ridge)).Cholesky().Solve(right)];
    }

    private static double Square(SignatureDay day, (double Heating, double Cooling) balance, double[] fit)
    {
        var left = day.Kilowatts - Sum(day, balance, fit, fit.Length);
        return left * left;
    }

    private static double Sum(SignatureDay day, (double Heating, double Cooling) balance, double[] fit, int columns)
    {
        Span<double> row = stackalloc double[Columns];
        Fill(row, day, balance);
        var sum = 0.0;
        for (var i = 0; i < columns; i++)
        {
            sum += row[i] * fit[i];
        }

        return sum;
    }

    private static void Fill(Span<double> row, SignatureDay day, (double Heating, double Cooling) balance)
    {
        row[0] = 1;
        row[1] = day.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0;
        row[2] = (day.Day.DayNumber - TrendFrom) / 365.25;
        row[3] = Math.Max(0, balance.Heating - day.Celsius);
        row[4] = Math.Max(0, day.Celsius - balance.Cooling);
    }
}
