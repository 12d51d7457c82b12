// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>A battery behind the meter gives the load a daily course that the machines do not have.</summary>
/// <remarks>
/// What it charges it gives back within the day, less its losses: blocks of constant power by the tariff's hours, or a curve that copies a working day. Ramps up and down are alike,
/// because an inverter and not a process makes them.
/// </remarks>
internal sealed class BatteryStyle : IMiningStyle
{
    private const double RampHours = 0.1;

    public string Name => "battery";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var power = chance.Uniform(0.08, 0.45); // of the machines' load
        var efficiency = chance.Uniform(0.82, 0.93); // there and back
        var copies = chance.Chance(0.5);
        var weekdaysOnly = chance.Chance(0.4);
        var centre = chance.Uniform(11, 16);
        var width = chance.Uniform(3, 6);
        var discharge = chance.Pick([10.0, 14.0, 18.0]);
        var hours = chance.Uniform(2, 4.5);
        var charge = chance.Pick([0.0, 1.0, 2.0]);
        for (var i = 0; i < running.Length; i++)
        {
            if (weekdaysOnly && around.Days[around.Day[i]] != DayKind.Working)
            {
                continue;
            }

            var clock = around.HourOfDay[i];
            running[i] += copies
                ? power * (DayCurve.Hump(clock, centre, width) - (MeanOfHump(width) * efficiency))
                : power * (DayCurve.Plateau(clock, charge, charge + (hours / efficiency), RampHours) - DayCurve.Plateau(clock, discharge, discharge + hours, RampHours));
            running[i] = Math.Max(0, running[i]);
        }
    }

    /// <summary>Mean over a day of a bell of height one, which the battery spreads over the other hours.</summary>
    private static double MeanOfHump(double width) => Math.Min(1, width * 2.5066 / 24); // the root of two pi times the width, over a day
}
