// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Sells its heat: the machines give what a greenhouse or a building asks for by the cold outside.</summary>
/// <remarks>The load answers to the weather as an honest heating load does: the controller sets a new power every few hours, by a mean of the temperature that the thermal mass makes.</remarks>
internal sealed class HeatingStyle : IMiningStyle
{
    public string Name => "heating";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var fullBelow = chance.Uniform(-5, 10); // degrees Celsius at which all machines run
        var span = chance.Uniform(8, 20); // kelvin above it to the least
        var least = chance.Chance(0.4) ? chance.Uniform(0, 0.1) : chance.Uniform(0.1, 0.5); // hot water, or mining that pays without heat
        var massHours = chance.LogUniform(3, 36);
        var everyHours = chance.Pick([0.25, 1.0, 3.0]);
        var setback = chance.Chance(0.4) ? chance.Uniform(2, 6) : 0; // kelvin less asked for at night
        var mass = PortableMath.Exp(-around.Grid.StepHours / massHours);
        var outside = new double[running.Length]; // as the thermal mass feels it
        for (var i = 0; i < outside.Length; i++)
        {
            outside[i] = (mass * (i == 0 ? around.Temperature[0] : outside[i - 1])) + ((1 - mass) * around.Temperature[i]);
        }

        Controller.Follow(around.Grid, running, everyHours, i =>
        {
            var night = around.HourOfDay[i] is < 6 or >= 22 ? setback : 0;
            return Math.Clamp(1 - ((outside[i] + night - fullBelow) / span), least, 1);
        });
    }
}
