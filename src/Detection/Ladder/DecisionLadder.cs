// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change;
using Detector.Metering;

namespace Detector.Detection.Ladder;

/// <summary>From evidence to verdict; readings were found sufficient before.</summary>
/// <remarks>
/// The rules, in order of strength, with their grounds in docs/decisions/0005: a case needs the pure-mining score beyond
/// its threshold and beyond the threshold of a watch even without the flatness group; or an added load of 5 kW and more
/// that passes the same by itself, or that is constant while the mixture score is as rare as a case. A mixture score alone
/// is watched. Fewer days, or a peak far below the contracted
/// capacity, ask for more. A site declared as mining hides nothing: it is watched.
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
            var added = thresholds.Of(change.DaysAfter);
            if (change.AddedKilowatts >= options.MinimumAddedKilowatts && (IsCase(change.Added, added, 0) || Agree(evidence.Whole, change, whole)))
            {
                return (Verdict.Case, Carrier.Added);
            }

            if (evidence.Whole.PureScore < whole.PureWatch && change.Added.PureScore >= added.PureWatch)
            {
                return (Verdict.Watch, Carrier.Added);
            }
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

    /// <summary>A mixture score as rare as a case, and an onset that agrees: the same load, added at all hours of the week.</summary>
    private bool Agree(ClassEvidence evidence, ChangeEvidence change, ScoreThresholds scores) =>
        evidence.MixedScore >= scores.MixedCase && change.Constancy >= options.LeastConstancy && change.Share.Likely >= options.LeastAddedShare;

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
