// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>A line that is down for days at a time: 60 to 85 % of the readings never come.</summary>
internal sealed class LongGaps : IMeterFault
{
    public string Name => "long_gaps";

    public bool PreventsJudgement => true;

    public SentReading[] Send(SentReading[] proper, TimeSpan cadence, Prng chance)
    {
        var lost = chance.Uniform(0.6, 0.85);
        var meanUp = Math.Max(2, proper.Length / 15.0);
        var kept = new List<SentReading>(proper.Length / 2);
        var up = chance.Chance(1 - lost);
        var until = 0.0;
        for (var i = 0; i < proper.Length; i++)
        {
            if (i >= until)
            {
                up = !up;
                until = i + Math.Max(1, meanUp * (up ? 1 - lost : lost) * 2 * chance.Uniform(0.6, 1.4));
            }

            if (up)
            {
                kept.Add(proper[i]);
            }
        }

        return [.. kept];
    }
}
