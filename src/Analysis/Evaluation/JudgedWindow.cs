// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Changes;
using Detector.Analysis.Corpora;
using Detector.Detection;
using Detector.Metering;

namespace Detector.Analysis.Evaluation;

/// <summary>What a window truly is, what the product said of it, and what each baseline scored.</summary>
internal sealed record JudgedWindow
{
    /// <summary>The source that was held out.</summary>
    public required string Source { get; init; }

    /// <summary>Its site, resampled as a whole.</summary>
    public required string Site { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>When it begins.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>Nominal length in days.</summary>
    public required int Days { get; init; }

    /// <summary>What it truly is.</summary>
    public required SampleClass Class { get; init; }

    /// <summary>Mining over the total, 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Style of mining; null for honest load.</summary>
    public required string? Style { get; init; }

    /// <summary>Since when it mines.</summary>
    public required MiningSince Since { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Codes of what an insufficient window lacks.</summary>
    public required string Missing { get; init; }

    /// <summary>The stated probability; 0 where insufficient.</summary>
    public required double Probability { get; init; }

    /// <summary>The p-value; 1 where insufficient.</summary>
    public required double PValue { get; init; }

    /// <summary>Log-odds by which the product ranks; the lowest there is where insufficient.</summary>
    public required double Suspicion { get; init; }

    /// <summary>Scores of the baselines in the order of their catalogue.</summary>
    public required IReadOnlyList<double> Baselines { get; init; }

    /// <summary>Hours from the true onset to the stated one; NaN where either is lacking.</summary>
    public double OnsetErrorHours { get; init; } = double.NaN;

    /// <summary>Whether the stated interval holds the true onset.</summary>
    public bool OnsetCovered { get; init; }

    /// <summary>What is known of an onset that was judged with its history; null for other windows.</summary>
    public ChangeTruth? Change { get; init; }

    /// <summary>Whether the product judged it at all.</summary>
    public bool Sufficient => Verdict != Verdict.Insufficient;
}
