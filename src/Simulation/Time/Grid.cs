// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>The steps on which a load is computed and the slots over which a meter averages them.</summary>
/// <remarks>
/// Physics runs on steps of five minutes, or the cadence where that is finer. Every cadence that is a multiple of five minutes thus
/// sees the same load: the energy of four quarter hours is that of their hour.
/// </remarks>
internal sealed class Grid
{
    private static readonly TimeSpan CoarsestStep = TimeSpan.FromMinutes(5);

    public Grid(DateTimeOffset start, TimeSpan cadence, int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(cadence, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(slots);
        Start = start.ToUniversalTime();
        Cadence = cadence;
        Slots = slots;
        StepsPerSlot = (int)((cadence.Ticks + CoarsestStep.Ticks - 1) / CoarsestStep.Ticks);
        Steps = checked(slots * StepsPerSlot);
        StepHours = cadence.TotalHours / StepsPerSlot;
    }

    public DateTimeOffset Start { get; }

    public TimeSpan Cadence { get; }

    public int Slots { get; }

    public int StepsPerSlot { get; }

    public int Steps { get; }

    public double StepHours { get; }

    public double Hours => Steps * StepHours;

    /// <summary>The step that contains this many hours after the start, held to the grid.</summary>
    public int StepAt(double hours) => (int)Math.Clamp(hours / StepHours, 0, Steps);

    /// <summary>Means of the steps over the slots, none under zero.</summary>
    public float[] Average(double[] steps)
    {
        var means = new float[Slots];
        for (var slot = 0; slot < means.Length; slot++)
        {
            var sum = 0.0;
            var first = slot * StepsPerSlot;
            for (var i = first; i < first + StepsPerSlot; i++)
            {
                sum += Math.Max(0, steps[i]);
            }

            means[slot] = (float)(sum / StepsPerSlot);
        }

        return means;
    }
}
