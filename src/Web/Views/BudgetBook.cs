// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Web.Views;

/// <summary>What the fleet's judgements say of alert budgets: which sites each would raise now, and which cases it would have opened week by week.</summary>
/// <remarks>
/// A budget allows a share of honest windows to pass (<see cref="AlertBudget.Rate"/>); a load that passes the model's own threshold is a case where its p-value
/// is no larger. Within what the honest references resolve this is the rule of judging itself; a smaller share asks for a score beyond all references, of which p-values know nothing.
/// </remarks>
internal sealed record BudgetBook
{
    /// <summary>Weeks that are shown.</summary>
    internal const int Weeks = 13;

    /// <summary>When it was gathered, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Meters of the fleet that a budget is for.</summary>
    public required int Meters { get; init; }

    /// <summary>Each site's present finding.</summary>
    public required IReadOnlyList<Finding> Present { get; init; }

    /// <summary>Those that pass the model's own threshold, the smallest p-value first.</summary>
    public required IReadOnlyList<Finding> Raisable { get; init; }

    /// <summary>Of each site that passed the model's threshold at some look, the looks at which its p-value was smaller than ever before, oldest first.</summary>
    public required IReadOnlyList<IReadOnlyList<PassingLook>> Past { get; init; }

    /// <summary>Whether there were more sites than are looked back at.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether the p-values say anything about so small a share.</summary>
    public bool Resolves(double? rate) => rate is not { } share || Raisable.Count == 0 || share >= Raisable[0].PValue;

    /// <summary>Budgets that people choose from, false cases a week: 1, 2, 5 and so on.</summary>
    internal static IReadOnlyList<double> Ladder { get; } =
        [0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 1000];

    /// <summary>Whether a finding passes the model's own threshold: a case, or a watch only because of a budget.</summary>
    internal static bool Passes(Finding finding) =>
        finding.PValue is not null && (finding.Verdict == Verdict.Case || (finding.Verdict == Verdict.Watch && finding.Missing.Any(m => m.Code == "alert_budget")));

    /// <summary>The looks at which a p-value was smaller than ever before.</summary>
    internal static IReadOnlyList<PassingLook> Lows(IEnumerable<PassingLook> looks)
    {
        var (lows, lowest) = (new List<PassingLook>(), double.PositiveInfinity);
        foreach (var look in looks.OrderBy(l => l.At).Where(l => l.PValue < double.PositiveInfinity))
        {
            if (look.PValue < lowest)
            {
                lows.Add(look);
                lowest = look.PValue;
            }
        }

        return lows;
    }

    /// <summary>What a budget comes to; null for none, which leaves the model's own threshold alone.</summary>
    public BudgetOutcome Of(double? casesPerWeek)
    {
        double? rate = casesPerWeek is { } cases ? new AlertBudget(cases, Meters).Rate : null;
        bool Within(double? p) => rate is null || p <= rate;
        var within = Raisable.TakeWhile(f => Within(f.PValue)).Count();
        var byWeek = new int[Weeks];
        foreach (var lows in Past)
        {
            var first = lows.FirstOrDefault(l => Within(l.PValue));
            var week = first is null ? -1 : Weeks - 1 - (int)Math.Floor((At - first.At).TotalDays / 7);
            if (week is >= 0 and < Weeks)
            {
                byWeek[week]++;
            }
        }

        var discovery = FalseDiscovery.Of(Present.Select(f => Passes(f) ? f with { Verdict = Within(f.PValue) ? Verdict.Case : Verdict.Watch } : f));
        return new BudgetOutcome(casesPerWeek, rate, within, discovery, byWeek);
    }

    /// <summary>The sites around the margin of a budget: the last that it raises and the first that it does not.</summary>
    public IReadOnlyList<(Finding Finding, bool IsRaised)> Margin(BudgetOutcome outcome, int each) =>
        [.. Raisable.Index().Skip(Math.Max(0, outcome.Raised - each)).Take(Math.Min(each, outcome.Raised) + each).Select(f => (f.Item, f.Index < outcome.Raised))];
}

/// <summary>A look at which a load passed the model's own threshold.</summary>
internal sealed record PassingLook(DateTimeOffset At, double PValue);

/// <summary>What a budget comes to.</summary>
/// <param name="CasesPerWeek">False cases a week that it accepts; null for no budget.</param>
/// <param name="Rate">Share of honest windows that it lets pass, by one kind of evidence; null for no budget.</param>
/// <param name="Raised">Sites that it raises now.</param>
/// <param name="Discovery">How many of them must be expected to be false.</param>
/// <param name="ByWeek">Cases that it would have opened in each week, oldest first.</param>
internal sealed record BudgetOutcome(double? CasesPerWeek, double? Rate, int Raised, FalseDiscovery Discovery, IReadOnlyList<int> ByWeek);
