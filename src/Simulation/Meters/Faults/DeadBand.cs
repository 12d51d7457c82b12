// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Reports a new value only when it has moved by 3 to 8 % of the last one; repeats the last one until then.</summary>
internal sealed class DeadBand : IMeterFault
{
    public string Name => "dead_band";

    public bool PreventsJudgement => false;

    public SentReading[] Send(SentReading[] proper, TimeSpan cadence, Prng chance)
    {
        var band = chance.Uniform(0.03, 0.08);
        for (var i = 1; i < proper.Length; i++)
        {
            var last = proper[i - 1].Value;
            if (Math.Abs(proper[i].Value - last) < band * Math.Abs(last))
            {
                proper[i] = proper[i] with { Value = last };
            }
        }

        return proper;
    }
}
