// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;
using Detector.Metering;

namespace Detector.Analysis.Corpora;

/// <summary>Since when a window holds mining.</summary>
internal enum MiningSince
{
    /// <summary>It holds none.</summary>
    Never = 1,

    /// <summary>From before its first slot.</summary>
    FirstDay = 2,

    /// <summary>From a moment inside it.</summary>
    Onset = 3,
}

/// <summary>A labelled window that can be made when it is needed: thousands of them would not fit in memory at once.</summary>
internal sealed record WindowRecipe
{
    /// <summary>What it is.</summary>
    public required SampleClass Class { get; init; }

    /// <summary>Source of the honest recording under it: the fold it belongs to.</summary>
    public required string Source { get; init; }

    /// <summary>Its site: never in training and test at once, resampled as a whole.</summary>
    public required string Site { get; init; }

    /// <summary>What people call it in a list of hard cases: meter and first day.</summary>
    public required string Name { get; init; }

    /// <summary>Nominal length in days.</summary>
    public required int Days { get; init; }

    /// <summary>What the register knows of the meter.</summary>
    public required MeterRegistration Registration { get; init; }

    /// <summary>Makes the readings; the same every time.</summary>
    public required Func<LoadSeries> Make { get; init; }

    /// <summary>Mining over the total while it mines, 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>Style of simulated mining; null for honest load, and for mining that was recorded.</summary>
    public string? Style { get; init; }

    /// <summary>Since when it mines.</summary>
    public MiningSince Since { get; init; } = MiningSince.Never;

    /// <summary>When mining began, where that lies in the window.</summary>
    public DateTimeOffset? Onset { get; init; }

    /// <summary>Weight in training, over zero.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Whether it is a sum of several loads, and so of no kind of its own.</summary>
    public bool IsSum { get; init; }

    /// <summary>Whether every honest part of it was recorded.</summary>
    public bool Real { get; init; } = true;
}
