// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>One reading in twenty comes twice, and now and then a batch of hours comes late and in another order.</summary>
internal sealed class DuplicateAndLate : IMeterFault
{
    public string Name => "duplicate_and_late";

    public bool PreventsJudgement => false;

    public SentReading[] Send(SentReading[] proper, TimeSpan cadence, Prng chance)
    {
        var sent = new List<SentReading>(proper.Length + (proper.Length / 16));
        var held = new List<SentReading>();
        var holding = 0;
        foreach (var reading in proper)
        {
            if (holding == 0 && chance.Chance(0.004))
            {
                holding = chance.Whole(3, 60);
            }

            if (holding > 0)
            {
                held.Add(reading);
                holding--;
                continue;
            }

            sent.Add(reading);
            if (chance.Chance(0.05))
            {
                sent.Add(reading);
            }

            if (held.Count > 0 && chance.Chance(0.2))
            {
                // The concentrator empties its store with the newest first.
                held.Reverse();
                sent.AddRange(held);
                held.Clear();
            }
        }

        sent.AddRange(held);
        return [.. sent];
    }
}
