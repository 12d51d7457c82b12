// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Cases.Measures;

/// <summary>The part of an exit plan that a fault is of.</summary>
public enum ExitPlanPart
{
    /// <summary>How many ceilings there are.</summary>
    Ceilings = 1,

    /// <summary>The date of a ceiling.</summary>
    From = 2,

    /// <summary>The power of a ceiling.</summary>
    Kilowatts = 3,

    /// <summary>The tolerance.</summary>
    Tolerance = 4,
}

/// <summary>What keeps an exit plan from being held, at its place.</summary>
/// <param name="Part">The part.</param>
/// <param name="Row">Index of the ceiling, from 0; null where the fault is of no single one.</param>
/// <param name="Text">What is wrong and what would do, in English.</param>
/// <param name="TextZh">The same in Chinese.</param>
public sealed record ExitPlanFault(ExitPlanPart Part, int? Row, string Text, string TextZh)
{
    private static readonly DateTimeOffset First = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Last = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The member in a call that the fault is of, such as <c>exit_plan.ceilings[1].kilowatts</c>.</summary>
    public string Member => (Part, Row) switch
    {
        (ExitPlanPart.Tolerance, _) => "exit_plan.tolerance",
        (ExitPlanPart.From, { } row) => string.Create(CultureInfo.InvariantCulture, $"exit_plan.ceilings[{row}].from"),
        (ExitPlanPart.Kilowatts, { } row) => string.Create(CultureInfo.InvariantCulture, $"exit_plan.ceilings[{row}].kilowatts"),
        _ => "exit_plan.ceilings",
    };

    /// <summary>Every fault of a plan, in the order of its rows; none where it can be held.</summary>
    public static IEnumerable<ExitPlanFault> Of(ExitPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Ceilings.Count is < 1 or > ExitPlan.MostCeilings)
        {
            yield return new ExitPlanFault(
                ExitPlanPart.Ceilings, null, $"There must be 1 to {ExitPlan.MostCeilings} ceilings.", $"须有 1 至 {ExitPlan.MostCeilings} 个功率上限。");
        }

        for (var row = 0; row < plan.Ceilings.Count; row++)
        {
            if (DateFault(plan, row) is { } date)
            {
                yield return date;
            }

            if (PowerFault(plan, row) is { } power)
            {
                yield return power;
            }
        }

        if (plan.Tolerance is < 0 or > ExitPlan.MostTolerance)
        {
            yield return new ExitPlanFault(ExitPlanPart.Tolerance, null, "The tolerance must be 0 to 0.5, which is 0 to 50 %.", "容差须为 0 至 0.5，即 0 至 50 %。");
        }
    }

    private static ExitPlanFault? DateFault(ExitPlan plan, int row)
    {
        var from = plan.Ceilings[row].From;
        if (from < First || from >= Last)
        {
            return new ExitPlanFault(ExitPlanPart.From, row, "The date must be from 1970 to 2199.", "日期须在 1970 年至 2199 年之间。");
        }

        return row > 0 && from <= plan.Ceilings[row - 1].From
            ? new ExitPlanFault(ExitPlanPart.From, row, "The date must be later than that of the ceiling before.", "日期须晚于上一个功率上限。")
            : null;
    }

    private static ExitPlanFault? PowerFault(ExitPlan plan, int row)
    {
        var power = plan.Ceilings[row].Kilowatts;
        if (power is < 0 or > ExitPlan.MostKilowatts)
        {
            return new ExitPlanFault(ExitPlanPart.Kilowatts, row, "The ceiling must be 0 to 10,000,000 kW.", "功率上限须为 0 至 10,000,000 kW。");
        }

        return row > 0 && power > plan.Ceilings[row - 1].Kilowatts
            ? new ExitPlanFault(ExitPlanPart.Kilowatts, row, "The ceiling must not be above the one before.", "功率上限不得高于上一个。")
            : null;
    }
}
