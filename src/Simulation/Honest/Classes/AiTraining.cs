// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Cluster that trains models: plateaus of long jobs with deep dips several times a day, gaps between jobs.</summary>
/// <remarks>
/// Dips are checkpoints, evaluations, failures and restarts; about eight a day (domain figure). Below a minute the power swings
/// with the training step: recorded on one board, deviation 0.24 at 10 Hz and 0.16 at one second.
/// </remarks>
internal sealed class AiTraining : IHonestClass
{
    public string Name => "ai_training";

    public DeclaredUse DeclaredUse => DeclaredUse.AiCompute;

    public (double Low, double High) Kilowatts => (100, 8000);

    public (double Low, double High) Utilisation => (0.4, 0.75);

    public void Shape(Surroundings around, double[] load, double kilowatts, Prng chance)
    {
        var partitions = chance.Whole(1, 7);
        var idle = chance.Uniform(0.25, 0.45);
        for (var partition = 0; partition < partitions; partition++)
        {
            AddPartition(around, load, idle, chance.LogUniform(0.4, 1), chance.Split($"partition {partition}"));
        }

        LoadParts.Cooling(around, load, chance.LogUniform(0.001, 0.006), chance.Uniform(8, 18));
        LoadParts.Noise(chance, around.Grid, load, 0.006, 0.5);
        LoadParts.Noise(chance, around.Grid, load, 0.008, 20);
    }

    private static void AddPartition(Surroundings around, double[] load, double idle, double size, Prng chance)
    {
        var grid = around.Grid;
        var power = new double[load.Length];
        Array.Fill(power, idle);
        var meanDays = chance.LogUniform(0.7, 12);
        for (var t = -24 * chance.Exponential(meanDays); t < grid.Hours;)
        {
            var end = t + Math.Max(1, 24 * chance.Exponential(meanDays));
            var job = new double[load.Length];
            RunJob(grid, job, Math.Max(0, t), Math.Min(end, grid.Hours), chance, idle);
            for (var i = grid.StepAt(Math.Max(0, t)); i < job.Length; i++)
            {
                power[i] += job[i];
            }

            t = end + chance.LogNormal(1.5, 1.2);
        }

        for (var i = 0; i < load.Length; i++)
        {
            load[i] += size * power[i];
        }
    }

    private static void RunJob(Grid grid, double[] job, double from, double to, Prng chance, double idle)
    {
        if (to <= from)
        {
            return;
        }

        Raster.Add(grid, job, from, to, (1 - idle) * chance.Uniform(0.55, 1));
        var dipsPerDay = chance.LogUniform(3, 16);
        var depth = chance.Uniform(0.1, 0.6);
        for (var at = from + chance.Exponential(24 / dipsPerDay); at < to; at += chance.Exponential(24 / dipsPerDay))
        {
            // A checkpoint or an evaluation takes minutes, a failed node with its restart up to hours.
            var hours = chance.Chance(0.85) ? chance.LogNormal(0.12, 0.7) : chance.LogNormal(0.7, 0.7);
            Raster.Scale(grid, job, at, Math.Min(to, at + hours), Math.Clamp(depth * chance.LogNormal(1, 0.3), 0, 0.95));
        }

        TrainingSteps(grid, job, from, to, chance);
    }

    private static void TrainingSteps(Grid grid, double[] job, double from, double to, Prng chance)
    {
        var periodHours = chance.LogUniform(0.4, 12) / 3600;
        var swing = chance.Uniform(0.05, 0.35);
        if (grid.StepHours > 4 * periodHours)
        {
            return; // Averages out.
        }

        var first = grid.StepAt(from);
        var last = grid.StepAt(to);
        for (var i = first; i < last; i++)
        {
            // Computing draws full power, exchanging gradients less: one part in four of each step.
            var phase = i * grid.StepHours / periodHours;
            job[i] *= phase - Math.Floor(phase) < 0.25 ? 1 - swing : 1 + (swing / 3);
        }
    }
}
