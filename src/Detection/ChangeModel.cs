// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Change;
using Detector.Detection.Change.Features;
using Detector.Detection.Trees;
using Detector.Metering;

namespace Detector.Detection;

/// <summary>Trained change evidence: what an added load's features say about it being mining. Immutable and pure.</summary>
public sealed class ChangeModel
{
    private readonly GroupShapley _window;
    private readonly GroupShapley? _history;

    internal ChangeModel(ChangeContent content)
    {
        Content = content;
        var features = ChangeCatalog.Default().Features;
        _window = new GroupShapley(content.Window.Trees, content.Window.Calibrator.Slope, features);
        _history = content.History is { } history ? new GroupShapley(history.Trees, history.Calibrator.Slope, features) : null;
    }

    internal ChangeContent Content { get; }

    /// <summary>Whether a candidate is beyond the threshold of a watch.</summary>
    public bool IsWatch(ChangeSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return Score(sample.Values, sample.WithHistory).IsWatch;
    }

    /// <summary>What a candidate's features say.</summary>
    internal ChangeScore Score(float[] values, bool hasHistory)
    {
        var withHistory = hasHistory && Content.History is not null;
        var head = withHistory ? Content.History! : Content.Window;
        var filled = Imputation.Fill(values, Content.Honest);
        var score = head.Trees.Score(filled);
        return new ChangeScore(
            score, score >= head.Case, score >= head.Watch, withHistory, head.Calibrator.LogOdds(score), head.Calibrator.LikelihoodRatio(score),
            head.Conformal.PValue(score))
        {
            Standing = LadderStanding.Of(score, head.Watch, head.Case),
        };
    }

    /// <summary>What each group adds to the log-odds; they and a constant add up to it.</summary>
    internal IReadOnlyList<GroupContribution> Groups(float[] values, bool withHistory)
    {
        var groups = withHistory ? _history! : _window;
        return groups.Of(Imputation.Fill(values, Content.Honest));
    }
}

/// <summary>What the trees say of one candidate.</summary>
/// <param name="Score">Raw score; higher is more like mining.</param>
/// <param name="IsCase">Beyond the threshold of a case.</param>
/// <param name="IsWatch">Beyond that of a watch.</param>
/// <param name="WithHistory">Whether thirteen months before it counted.</param>
/// <param name="LogOdds">Log likelihood ratio of mining against an honest change, natural logarithm.</param>
/// <param name="LikelihoodRatio">Likelihood ratio as far as the data support it.</param>
/// <param name="PValue">Share of held-out honest windows whose highest candidate at any look scored at least this; the strictest source's.</param>
internal sealed record ChangeScore(
    double Score, bool IsCase, bool IsWatch, bool WithHistory, double LogOdds, double LikelihoodRatio, double PValue)
{
    /// <summary>Where it stands between its thresholds, as <see cref="LadderStanding"/> counts.</summary>
    public double Standing { get; init; } = LadderStanding.Watch;
}
