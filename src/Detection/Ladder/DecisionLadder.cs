// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Ladder;

/// <summary>From evidence to verdict; readings were found sufficient before.</summary>
/// <remarks>
/// The rules, in order of strength, with their grounds in docs/decisions/0005: a case needs the pure-mining score beyond
/// its threshold and beyond the threshold of a watch even without the flatness group; or a load added for good, of 5 kW and
/// more, whose change score is beyond its threshold. A smaller addition, a site that only began, a load that came back to
/// what it had been, and a mixture score alone are watched. Fewer days, or a peak far below the contracted capacity, ask for
/// more. A site declared as mining hides nothing: it is watched.
/// </remarks>
internal sealed class DecisionLadder(ModelThresholds thresholds, JudgeOptions options)
{
    public Decision Decide(Evidence evidence)
    {
        var (verdict, carrier) = Strongest(evidence);
        var missing = new List<MissingEvidence>();
        if (verdict == Verdict.Case && evidence.Registration.DeclaredUse == DeclaredUse.MiningDeclared)
        {
            verdict = Verdict.Watch;
            missing.Add(MissingCatalog.MiningDeclared());
        }
        else if (verdict == Verdict.Watch)
        {
            missing.AddRange(WouldDecide(evidence));
        }

        return new Decision(verdict, carrier, missing);
    }

    private (Verdict Verdict, Carrier Carrier) Strongest(Evidence evidence)
    {
        var whole = thresholds.Of(evidence.WindowDays);
        if (IsCase(evidence.Whole, whole, Margin(evidence, whole)))
        {
            return (Verdict.Case, Carrier.Pure);
        }

        if (evidence.Change is { } change)
        {
            return (change.Score.IsCase && change.MayBeCase ? Verdict.Case : Verdict.Watch, Carrier.Added);
        }

        if (evidence.Whole.PureScore >= whole.PureWatch)
        {
            return (Verdict.Watch, Carrier.Pure);
        }

        return evidence.Whole.MixedScore >= whole.MixedWatch ? (Verdict.Watch, Carrier.Mixed) : (Verdict.Clear, Carrier.None);
    }

    /// <summary>Beyond the threshold, and suspicious even if its flatness is left out.</summary>
    private static bool IsCase(ClassEvidence evidence, ScoreThresholds scores, double margin) =>
        evidence.PureScore >= scores.PureCase + margin && evidence.PureScoreWithoutFlatness >= scores.PureWatch;

    private double Margin(Evidence evidence, ScoreThresholds scores) => evidence.Utilisation < options.LowUtilisation
        ? options.LowUtilisationMargin * Math.Max(0, scores.PureCase - scores.PureWatch)
        : 0;

    private IEnumerable<MissingEvidence> WouldDecide(Evidence evidence)
    {
        yield return MissingCatalog.Burst();
        if (evidence.WindowDays < ModelThresholds.FullDays)
        {
            yield return MissingCatalog.LongerWindow(options.WindowDays);
        }

        yield return MissingCatalog.History();
        if (evidence.Registration.ContractedKilowatts is null)
        {
            yield return MissingCatalog.ContractedCapacity();
        }

        if (evidence.Registration.DeclaredUse == DeclaredUse.Unknown)
        {
            yield return MissingCatalog.DeclaredUse();
        }

        yield return MissingCatalog.Inspection();
    }
}
