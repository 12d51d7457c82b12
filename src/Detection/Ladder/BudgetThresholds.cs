// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection;

/// <summary>Scores that a case must reach to stay within a budget, from the conformal references of a model; null where the model has no such evidence.</summary>
/// <param name="Whole">Suspicion of a load as a whole.</param>
/// <param name="Change">Score of an addition of which the window alone is known.</param>
/// <param name="ChangeWithHistory">Score of an addition with thirteen months before it.</param>
/// <param name="Daily">Score by daily energy.</param>
public sealed record BudgetThresholds(TailThreshold Whole, TailThreshold? Change, TailThreshold? ChangeWithHistory, TailThreshold? Daily)
{
    /// <summary>The thresholds that keep a model within a budget.</summary>
    public static BudgetThresholds Of(AlertBudget budget, DetectorModel model)
    {
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentNullException.ThrowIfNull(model);
        var (rate, change) = (budget.Rate, model.Change?.Content);
        return new BudgetThresholds(
            TailThreshold.Of(model.Content.Conformal, rate),
            change is null ? null : TailThreshold.Of(change.Window.Conformal, rate),
            change?.History is { } history ? TailThreshold.Of(history.Conformal, rate) : null,
            model.Daily is { } daily ? TailThreshold.Of(daily.Conformal, rate) : null);
    }
}
