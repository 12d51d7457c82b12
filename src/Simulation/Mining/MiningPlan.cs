// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>How a mining site is built and run: everything its load follows from, but chance.</summary>
public sealed record MiningPlan
{
    /// <summary>Name of the style; one of <see cref="MiningLoad.Styles"/> or <see cref="MiningLoad.Evasions"/>.</summary>
    public required string Style { get; init; }

    /// <summary>The machines.</summary>
    public required MachineModel Model { get; init; }

    /// <summary>How many machines.</summary>
    public required int Machines { get; init; }

    /// <summary>Where: weather and local clock.</summary>
    public required Region Region { get; init; }

    /// <summary>Power of a machine against its data sheet: tuned down or up, 0.75 to 1.15.</summary>
    public double Tuning { get; init; } = 1;

    /// <summary>Power beside the machines as a share of theirs: fans, pumps, network; 0.03 to 0.10.</summary>
    public double OverheadShare { get; init; } = 0.05;

    /// <summary>Part of the overhead that runs on while the machines are off, 0 to 1; 0 where a contactor switches off the hall.</summary>
    public double StandbyShare { get; init; } = 0.25;

    /// <summary>Mean time between failures of a machine in days; 80 to 500.</summary>
    public double MeanDaysBetweenFailures { get; init; } = 200;

    /// <summary>Mean time to repair in hours.</summary>
    public double MeanRepairHours { get; init; } = 40;

    /// <summary>Outages of pool, network or supply a month; 0.5 to 8.</summary>
    public double OutagesPerMonth { get; init; } = 2;

    /// <summary>Median length of an outage in hours.</summary>
    public double OutageHours { get; init; } = 0.8;

    /// <summary>Time constant of the ramp back in minutes; 3 to 8, so that a ramp is over in 5 to 20.</summary>
    public double RampMinutes { get; init; } = 5;

    /// <summary>Retunings of firmware or frequency a year.</summary>
    public double RetunesPerYear { get; init; } = 4;

    /// <summary>Noise that all machines share, as a share of the load; 0.001 to 0.006.</summary>
    public double CommonNoise { get; init; } = 0.003;

    /// <summary>Noise of a single machine, as a share of its power; 0.01 to 0.03.</summary>
    public double UnitNoise { get; init; } = 0.02;

    /// <summary>Rise of the load with temperature (leakage, fans) per kelvin over 20 degrees; 0 to 0.002.</summary>
    public double SlopePerKelvin { get; init; } = 0.0005;

    /// <summary>Growth of the number of running machines a year as a share; 0 for most.</summary>
    public double GrowthPerYear { get; init; }

    /// <summary>Power that all machines draw together at the data sheet's point, with overhead, in kW.</summary>
    public double FullKilowatts => Machines * Model.Kilowatts * Tuning * (1 + OverheadShare);

    /// <summary>A plan drawn at random for a load of about <paramref name="kilowatts"/> while it mines.</summary>
    /// <remarks>The number of machines is whole: the load differs from what was asked by up to half a machine, and is one machine at least.</remarks>
    public static MiningPlan Draw(string style, double kilowatts, Region region, Prng chance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(kilowatts, 0);
        var standby = chance.Split("standby");
        var plan = new MiningPlan
        {
            Style = style,
            Model = ModelFor(kilowatts, chance),
            Machines = 1,
            Region = region,
            Tuning = chance.Chance(0.6) ? 1 : chance.Uniform(0.75, 1.15),
            OverheadShare = chance.Uniform(0.03, 0.10),
            StandbyShare = standby.Chance(0.25) ? 0 : standby.Uniform(0, 0.8),
            MeanDaysBetweenFailures = chance.LogUniform(80, 500),
            MeanRepairHours = chance.Uniform(20, 70),
            OutagesPerMonth = chance.LogUniform(0.5, 8),
            OutageHours = chance.LogUniform(0.4, 1.6),
            RampMinutes = chance.Uniform(3, 8),
            RetunesPerYear = chance.Uniform(1, 8),
            CommonNoise = chance.LogUniform(0.001, 0.006),
            UnitNoise = chance.Uniform(0.01, 0.03),
            SlopePerKelvin = chance.Chance(0.35) ? 0 : chance.LogUniform(0.0001, 0.002),
            GrowthPerYear = chance.Chance(0.15) ? chance.Uniform(0.1, 1.0) : 0,
        };
        return plan with { Machines = Math.Max(1, (int)Math.Round(kilowatts / plan.FullKilowatts)) };
    }

    private static MachineModel ModelFor(double kilowatts, Prng chance)
    {
        // Small shares are mined with small machines: half a machine must not decide the share.
        var fitting = MachineModel.All.Where(m => m.Kilowatts * 4 <= kilowatts).ToArray();
        return fitting.Length == 0 ? MachineModel.All.MinBy(m => m.Kilowatts)! : chance.Pick(fitting);
    }
}
