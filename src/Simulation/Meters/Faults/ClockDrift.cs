// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>The meter's clock gains or loses 1 to 20 s a day, set right now and then.</summary>
internal sealed class ClockDrift : IMeterFault
{
    public string Name => "clock_drift";

    public bool PreventsJudgement => false;

    public SentReading[] Send(SentReading[] proper, TimeSpan cadence, Prng chance)
    {
        var perDay = chance.LogUniform(1, 20) * (chance.Chance(0.5) ? 1 : -1);
        var setEvery = chance.Pick([20.0, 45.0, 1e6]);
        for (var i = 0; i < proper.Length; i++)
        {
            var days = (proper[i].UtcTicks - proper[0].UtcTicks) / (double)TimeSpan.TicksPerDay;
            var off = (long)Math.Round(perDay * (days % setEvery)) * TimeSpan.TicksPerSecond;
            proper[i] = proper[i] with { UtcTicks = proper[i].UtcTicks + off };
        }

        return proper;
    }
}
