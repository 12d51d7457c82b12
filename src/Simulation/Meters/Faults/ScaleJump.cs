// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>From some moment on every value is 10, 100 or 1000 times what it was: a transformer ratio or a unit was changed.</summary>
internal sealed class ScaleJump : IMeterFault
{
    public string Name => "scale_jump";

    public bool PreventsJudgement => false;

    public SentReading[] Send(SentReading[] proper, TimeSpan cadence, Prng chance)
    {
        var factor = chance.Pick([10.0, 100.0, 1000.0, 0.1, 0.001]);
        for (var i = (int)(proper.Length * chance.Uniform(0.3, 0.7)); i < proper.Length; i++)
        {
            // Multiplied and divided by whole numbers, so that the digits stay the meter's own.
            proper[i] = proper[i] with { Value = factor >= 1 ? proper[i].Value * factor : proper[i].Value / Math.Round(1 / factor) };
        }

        return proper;
    }
}
