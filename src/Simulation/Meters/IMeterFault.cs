// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>A way in which a meter or its line misbehaves.</summary>
internal interface IMeterFault
{
    /// <summary>Name in truth files; lower case, underscores.</summary>
    string Name { get; }

    /// <summary>Whether what arrives cannot be judged at all.</summary>
    bool PreventsJudgement { get; }

    /// <summary>What is sent instead of <paramref name="proper"/>, which may be changed and returned.</summary>
    /// <param name="proper">One reading a slot, in order, rounded as the meter rounds.</param>
    /// <param name="cadence">Length of a slot.</param>
    /// <param name="chance">Chance of this fault alone.</param>
    SentReading[] Send(SentReading[] proper, TimeSpan cadence, Prng chance);
}
