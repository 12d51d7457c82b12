// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Ladder;

/// <summary>From evidence to verdict; readings were found sufficient before.</summary>
/// <remarks>
/// The rules, in order of strength, with their grounds in docs/decisions/0005: a case needs the pure-mining score beyond
/// its threshold and beyond the threshold of a watch even without the flatness group; or a load added for good, of 5 kW and
/// more, whose change score is beyond its threshold, or between the thresholds while the load as a whole says the same (docs/decisions/0030). A smaller addition, a site that only began (it is judged by what runs since, four weeks later), a load that came back to
/// what it had been, and a mixture score alone are watched. Fewer days, or a peak far below the contracted capacity, ask for
/// more. A site declared as mining hides nothing: it is watched. A site that is not what it was declared to be may be watched
/// for that if its load speaks for mining, and is never a case for that (docs/decisions/0012, 0028). What the load as a whole
/// says counts by the window and, where a year of windows is there, by their mean too; a mixture then by the window only where those before it speak for honest load (docs/decisions/0029).
/// </remarks>
internal sealed class DecisionLadder(ModelThresholds thresholds, JudgeOptions options, BudgetThresholds? budget = null)
{
    public Decision Decide(Evidence evidence)
    {
        var (verdict, carrier, byYear) = Strongest(evidence);
        IReadOnlyList<MissingEvidence> missing = [];
        if (verdict == Verdict.Case && evidence.Registration.DeclaredUse == DeclaredUse.MiningDeclared)
        {
            verdict = Verdict.Watch;
            missing = [MissingCatalog.MiningDeclared()];
        }
        else
        {
            (verdict, carrier) = ByDeclaredUse(evidence, verdict, carrier);
            var beyondBudget = verdict == Verdict.Case && !IsWithinBudget(evidence, carrier, byYear);
            verdict = beyondBudget ? Verdict.Watch : verdict;
            missing = verdict == Verdict.Watch ? WouldDecide.Of(evidence, carrier, options) : missing;
            missing = beyondBudget ? [.. missing, MissingCatalog.AlertBudget(options.AlertBudget!.Value)] : missing;
        }

        return new Decision(verdict, carrier, LadderStanding.Within(verdict, Standing(evidence))!.Value, missing) { ByYear = byYear };
    }

    private (Verdict Verdict, Carrier Carrier, bool ByYear) Strongest(Evidence evidence)
    {
        Look[] looks = [.. Looks(evidence)];
        var first = Array.FindIndex(looks, look => IsCase(look.Whole, look.At, Margin(evidence, look.At)));
        if (first >= 0)
        {
            return (evidence.HasJustBegun ? Verdict.Watch : Verdict.Case, Carrier.Pure, looks[first].ByYear);
        }

        if (evidence.Change is { } change)
        {
            return (change.MayBeCase && (change.Score.IsCase || evidence.WholeAgrees(looks[0].At)) ? Verdict.Case : Verdict.Watch, Carrier.Added, false);
        }

        first = Array.FindIndex(looks, look => look.Whole.PureScore >= look.At.PureWatch);
        if (first >= 0)
        {
            return (Verdict.Watch, Carrier.Pure, looks[first].ByYear);
        }

        var mixed = looks.LastOrDefault(look => look.Whole.MixedScore >= look.At.MixedWatch && (look.ByYear || evidence.MayBeNew));
        return mixed.Whole is not null ? (Verdict.Watch, Carrier.Mixed, mixed.ByYear) : (Verdict.Clear, Carrier.None, false);
    }

    /// <summary>The load as a whole, as the window says it and as the year does, where there is one.</summary>
    private IEnumerable<Look> Looks(Evidence evidence)
    {
        yield return new Look(evidence.Whole, thresholds.Of(evidence.WindowDays), ByYear: false);
        if (evidence.Year is { } year && thresholds.Year is { } yearly)
        {
            yield return new Look(year.Mean, yearly, ByYear: true);
        }
    }

    /// <summary>A load unlike its declared use and like mining is watched; one that honest loads of its use are often like is no case.</summary>
    /// <remarks>
    /// References of a use are few and partly simulated: much that is honest lies outside them and a little nearer to a mine than to them. So the load has to speak for mining by itself, too.
    /// </remarks>
    private static (Verdict Verdict, Carrier Carrier) ByDeclaredUse(Evidence evidence, Verdict verdict, Carrier carrier) => evidence.Use switch
    {
        { IsMismatch: true } when verdict == Verdict.Clear && evidence.Whole.SpeaksForMining => (Verdict.Watch, Carrier.Declared),
        { IsUsualInUse: true } when verdict == Verdict.Case && carrier == Carrier.Pure => (Verdict.Watch, carrier),
        _ => (verdict, carrier),
    };

    /// <summary>Whether a case is among those that the alert budget leaves room for.</summary>
    private bool IsWithinBudget(Evidence evidence, Carrier carrier, bool byYear) => budget is null || (carrier == Carrier.Added
        ? evidence.Change!.Score is var score && score.Score >= (score.WithHistory ? budget.ChangeWithHistory : budget.Change)!.Score
        : (byYear ? evidence.Year!.Suspicion : evidence.Suspicion) >= budget.Whole.Score);

    /// <summary>The highest step that any evidence reaches; the verdict bounds it.</summary>
    private double Standing(Evidence evidence)
    {
        Look[] looks = [.. Looks(evidence)];
        return looks.Select(look => LadderStanding.Of(look.Whole.PureScore, look.At.PureWatch, look.At.PureCase + Margin(evidence, look.At)))
            .Concat(looks.Where(look => look.ByYear || evidence.MayBeNew).Select(look => LadderStanding.Of(look.Whole.MixedScore, look.At.MixedWatch, look.At.MixedCase)))
            .Append(evidence.Change?.Score.Standing ?? double.NegativeInfinity).Max();
    }

    /// <summary>Beyond the threshold, and suspicious even if its flatness is left out.</summary>
    private static bool IsCase(ClassEvidence evidence, ScoreThresholds scores, double margin) =>
        evidence.PureScore >= scores.PureCase + margin && evidence.PureScoreWithoutFlatness >= scores.PureWatch;

    private double Margin(Evidence evidence, ScoreThresholds scores) => evidence.Utilisation < options.LowUtilisation
        ? options.LowUtilisationMargin * Math.Max(0, scores.PureCase - scores.PureWatch)
        : 0;

    // The load as a whole over a span, and what its scores count against.
    private readonly record struct Look(ClassEvidence Whole, ScoreThresholds At, bool ByYear);
}
