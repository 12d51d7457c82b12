// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>Tries mappings on dead letters; nothing is stored and nothing in force is changed.</summary>
public interface IMappingTrials
{
    /// <summary>Longest mapping that is tried, in characters.</summary>
    const int LongestMapping = 16_384;

    /// <summary>Decodes a letter.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="mapping">One element of <c>Codecs:Mappings</c> as JSON, which is tried alone; null for the mappings in force.</param>
    MappingTrial Try(DeadLetter letter, string? mapping);

    /// <summary>A mapping for a letter's topic to begin with, as JSON.</summary>
    string Draft(DeadLetter letter);
}

/// <summary>What a mapping makes of a dead letter.</summary>
public sealed record MappingTrial
{
    /// <summary>What is wrong with the mapping, each fault naming its member; then nothing was decoded.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Why it was not decoded, with the remedy; null where it was.</summary>
    public string? Rejection { get; init; }

    /// <summary>Offset in the payload at which decoding failed.</summary>
    public int AtByte { get; init; }

    /// <summary>Why no reading is due of it, though it was understood; null where readings are.</summary>
    public string? PassedOver { get; init; }

    /// <summary>Its first readings, at most <see cref="MostReadings"/>.</summary>
    public IReadOnlyList<Reading> Readings { get; init; } = [];

    /// <summary>How many readings it has.</summary>
    public int Count { get; init; }

    /// <summary>Readings shown of a letter.</summary>
    public const int MostReadings = 20;

    /// <summary>Whether a replay under this mapping would bring the letter back.</summary>
    public bool IsDecoded => Faults.Count == 0 && Rejection is null;
}
