// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Replays the load of an honest site: a controller throttles the machines along what an office, a shop, a works or a computing hall would have drawn.</summary>
/// <remarks>The hardest to tell by the load: what is left of mining is what the machines cannot follow (a least power, the pace of the controller, outages and their ramps).</remarks>
internal sealed class MimickingStyle : IMiningStyle
{
    private static readonly string[] Models = ["office", "retail", "laboratory", "industry_shift", "process_industry", "cold_storage", "ai_inference", "enterprise_data_center"];

    public string Name => "mimicking";

    public void Shape(MiningPlan plan, Surroundings around, double[] running, Prng chance)
    {
        var model = HonestLoad.Steps(new HonestPlan(chance.Pick(Models), 1, plan.Region), around, chance.Split("model"));
        var full = Highest(model, 0.995);
        var least = chance.Uniform(0, 0.35); // machines that never stop: what a controller cannot throttle below
        var everyHours = chance.Pick([5 / 60.0, 0.25, 1.0]);
        Controller.Follow(around.Grid, running, everyHours, i => Math.Clamp(model[i] / full, least, 1));
    }

    private static double Highest(double[] load, double quantile)
    {
        double[] ascending = [.. load.Order()];
        return Math.Max(1e-9, ascending[(int)(quantile * (ascending.Length - 1))]);
    }
}
