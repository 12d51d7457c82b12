// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>One value from the first reading to the last: an estimate or a default, sent as if measured.</summary>
internal sealed class ExactConstant : IMeterFault
{
    public string Name => "exact_constant";

    public bool PreventsJudgement => true;

    public SentReading[] Send(SentReading[] proper, TimeSpan cadence, Prng chance)
    {
        var value = proper.Length == 0 ? 0 : proper[proper.Length / 2].Value;
        for (var i = 0; i < proper.Length; i++)
        {
            proper[i] = proper[i] with { Value = value };
        }

        return proper;
    }
}
