// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>The cumulative register in kWh is sent in the place of power.</summary>
internal sealed class RegisterAsPower : IMeterFault
{
    public string Name => "register_as_power";

    public bool PreventsJudgement => true;

    public SentReading[] Send(SentReading[] proper, TimeSpan cadence, Prng chance)
    {
        var register = Math.Round(chance.Uniform(1_000, 800_000));
        for (var i = 0; i < proper.Length; i++)
        {
            register += proper[i].Value * cadence.TotalHours;
            proper[i] = proper[i] with { Value = Math.Round(register * 100) / 100 };
        }

        return proper;
    }
}
