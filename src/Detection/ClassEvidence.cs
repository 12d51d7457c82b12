// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection;

/// <summary>What the load itself says about being mining, without any change in it.</summary>
/// <remarks>What each group adds costs more than the scores, and is worked out when it is asked for. Safe to share between threads.</remarks>
public sealed class ClassEvidence
{
    private readonly Lazy<IReadOnlyList<GroupContribution>> _pureGroups;
    private readonly Lazy<IReadOnlyList<GroupContribution>> _mixedGroups;

    internal ClassEvidence(Func<IReadOnlyList<GroupContribution>> pureGroups, Func<IReadOnlyList<GroupContribution>> mixedGroups) =>
        (_pureGroups, _mixedGroups) = (new(pureGroups), new(mixedGroups));

    /// <summary>Raw score of the pure-mining trees; higher is more like mining.</summary>
    public required double PureScore { get; init; }

    /// <summary>Log-odds per unit of the raw score.</summary>
    public required double PureSlope { get; init; }

    /// <summary>Raw score of the mixture trees; higher is more like mining.</summary>
    public required double MixedScore { get; init; }

    /// <summary>The pure-mining score less what the flatness group adds to it: flatness alone never convicts.</summary>
    public double PureScoreWithoutFlatness => PureScore - Math.Max(0, PureGroups.First(g => g.Group == "flatness").LogOdds / PureSlope);

    /// <summary>Log likelihood ratio of pure mining against honest load, natural logarithm, calibrated on held-out sites.</summary>
    public required double PureLogOdds { get; init; }

    /// <summary>Log likelihood ratio of a mixture against honest load.</summary>
    public required double MixedLogOdds { get; init; }

    /// <summary>Whether the load is likelier under mining of either kind than under honest use.</summary>
    public bool SpeaksForMining => Math.Max(PureLogOdds, MixedLogOdds) > 0;

    /// <summary>Probability of mining of either kind under the model's prior, 0 to 1.</summary>
    public required double Probability { get; init; }

    /// <summary>Share of held-out honest windows at least as suspicious, the strictest source's; 0 to 1, small is suspicious.</summary>
    public required double PValue { get; init; }

    /// <summary>What each feature group adds to the pure score's log-odds; they and a constant add up to it.</summary>
    public IReadOnlyList<GroupContribution> PureGroups => _pureGroups.Value;

    /// <summary>What each feature group adds to the mixture score's log-odds.</summary>
    public IReadOnlyList<GroupContribution> MixedGroups => _mixedGroups.Value;
}

/// <summary>What one group of features adds to the log-odds.</summary>
/// <param name="Group">The group.</param>
/// <param name="LogOdds">Over zero speaks for mining.</param>
/// <param name="Feature">Index of the feature that adds most in the group's own direction.</param>
public sealed record GroupContribution(string Group, double LogOdds, int Feature);
