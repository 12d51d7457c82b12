// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Cases;

/// <summary>How a finding stands to what is known of its meter.</summary>
internal enum Placement
{
    /// <summary>It is in the history: its meter, window and model are.</summary>
    Repeated = 1,

    /// <summary>The meter was judged on later readings since.</summary>
    Outdated = 2,

    /// <summary>Same verdict, model and day of window as the latest.</summary>
    Same = 3,

    /// <summary>It belongs into the history.</summary>
    New = 4,
}

/// <summary>The history of verdicts: a finding enters it when its verdict, model or the day of its window differs from the meter's latest.</summary>
internal static class VerdictLog
{
    /// <summary>Where a finding belongs, and the meter's verdict before it.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="latest">The meter's latest entry; null before its first.</param>
    /// <param name="repeated">Whether it is in the history.</param>
    public static (Placement Placement, Verdict? Previous) Place(Finding finding, SiteVerdict? latest, bool repeated)
    {
        if (repeated)
        {
            return (Placement.Repeated, null);
        }

        if (latest is null)
        {
            return (Placement.New, null);
        }

        if (finding.Window.To < latest.Finding.Window.To)
        {
            return (Placement.Outdated, latest.Finding.Verdict);
        }

        return (Differs(latest.Finding, finding) ? Placement.New : Placement.Same, latest.Finding.Verdict);
    }

    private static bool Differs(Finding latest, Finding finding) =>
        latest.Verdict != finding.Verdict
        || latest.Site != finding.Site
        || latest.Model != finding.Model
        || latest.Window.To.UtcDateTime.Date != finding.Window.To.UtcDateTime.Date;
}
