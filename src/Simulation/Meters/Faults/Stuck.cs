// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>From some moment in the first third the meter repeats its last value until the end.</summary>
internal sealed class Stuck : IMeterFault
{
    public string Name => "stuck";

    public bool PreventsJudgement => true;

    public SentReading[] Send(SentReading[] proper, TimeSpan cadence, Prng chance)
    {
        var from = (int)(proper.Length * chance.Uniform(0.08, 0.3));
        for (var i = from + 1; i < proper.Length; i++)
        {
            proper[i] = proper[i] with { Value = proper[from].Value };
        }

        return proper;
    }
}
