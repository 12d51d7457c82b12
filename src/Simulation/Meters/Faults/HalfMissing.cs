// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Now and then half of an interval's pulses are lost: the value is half of what it should be for one slot.</summary>
internal sealed class HalfMissing : IMeterFault
{
    public string Name => "half_missing";

    public bool PreventsJudgement => false;

    public SentReading[] Send(SentReading[] proper, TimeSpan cadence, Prng chance)
    {
        var rate = Math.Max(3.0 / Math.Max(1, proper.Length), chance.LogUniform(0.001, 0.01));
        for (var i = 0; i < proper.Length; i++)
        {
            if (chance.Chance(rate))
            {
                proper[i] = proper[i] with { Value = proper[i].Value / 2 };
            }
        }

        return proper;
    }
}
