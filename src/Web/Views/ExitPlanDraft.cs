// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Cases.Measures;
using Detector.Web.Text;

namespace Detector.Web.Views;

/// <summary>An exit plan as somebody types it: text, until it is read.</summary>
public sealed class ExitPlanDraft
{
    /// <summary>A ceiling as it is typed.</summary>
    public sealed class Row
    {
        /// <summary>The day from which it holds, in the site's zone, such as <c>2026-03-01</c>.</summary>
        public string From { get; set; } = string.Empty;

        /// <summary>The ceiling in kW.</summary>
        public string Kilowatts { get; set; } = string.Empty;
    }

    /// <summary>The ceilings, in the order typed.</summary>
    public IList<Row> Rows { get; } = [new()];

    /// <summary>By how many percent a ceiling may be passed.</summary>
    public string TolerancePercent { get; set; } = "5";

    /// <summary>Reads the plan; a day begins at midnight of the site's zone.</summary>
    /// <returns>The plan, null while it has faults; and every fault at its place.</returns>
    public (ExitPlan? Plan, IReadOnlyList<ExitPlanFault> Faults) Read(TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var faults = new List<ExitPlanFault>();
        var ceilings = new List<ExitCeiling>();
        for (var i = 0; i < Rows.Count; i++)
        {
            var (from, power) = (DayOf(Rows[i].From), NumberOf(Rows[i].Kilowatts));
            if (from is null)
            {
                faults.Add(new ExitPlanFault(ExitPlanPart.From, i, "Choose the day from which the ceiling holds.", "请选择该上限的起始日期。"));
            }

            if (power is null)
            {
                faults.Add(new ExitPlanFault(ExitPlanPart.Kilowatts, i, "Write the ceiling as a number of kW, such as 250.", "请以数字填写功率上限（kW），例如 250。"));
            }

            if (from is { } day && power is { } kilowatts)
            {
                ceilings.Add(new ExitCeiling(Midnights.Of(day, zone), kilowatts));
            }
        }

        var tolerance = NumberOf(TolerancePercent);
        if (tolerance is null)
        {
            faults.Add(new ExitPlanFault(ExitPlanPart.Tolerance, null, "Write the tolerance as a number of percent, such as 5.", "请以数字填写容差百分比，例如 5。"));
        }

        if (faults.Count > 0)
        {
            return (null, faults);
        }

        var plan = new ExitPlan(ceilings, tolerance!.Value / 100);
        faults.AddRange(ExitPlanFault.Of(plan));
        return (faults.Count == 0 ? plan : null, faults);
    }

    private static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A number; both languages of the console write the decimal point as a point and thousands with a comma.</summary>
    private static decimal? NumberOf(string text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;
}
