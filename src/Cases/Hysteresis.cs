// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Cases;

/// <summary>Keeps a verdict from dithering where a meter stands close to a threshold from look to look.</summary>
/// <remarks>
/// A verdict rises at once. It falls when the meter stands clearly below its step, or when enough looks in a row, one a day of
/// readings, say less. What a look alone said, and how many did, is part of the finding that is kept, so that the history of
/// verdicts is all the state there is. A meter that became insufficient, moved to another site or is judged by another model
/// begins anew; so does a finding that does not say where it stands.
/// </remarks>
internal sealed class Hysteresis(CasesOptions options)
{
    /// <summary>The finding with the verdict that stands.</summary>
    /// <param name="latest">The meter's latest finding in the history; null before its first.</param>
    /// <param name="finding">What this look alone says.</param>
    public Finding Apply(Finding? latest, Finding finding)
    {
        if (latest is null || latest.Model != finding.Model || latest.Site != finding.Site || finding.Verdict == Verdict.Insufficient
            || finding.Standing is not { } stated || LadderStanding.Within(finding.Verdict, stated) is not { } standing)
        {
            return finding;
        }

        for (var verdict = latest.Verdict; verdict > finding.Verdict; verdict--)
        {
            var step = verdict == Verdict.Case ? LadderStanding.Case : LadderStanding.Watch;
            var looks = LooksOf(latest, finding, verdict);
            if (standing >= step - options.FallMargin && looks < options.FallAfterLooks)
            {
                return finding with { Verdict = verdict, Held = Hold(verdict, finding.Verdict, looks) };
            }
        }

        return finding;
    }

    /// <summary>Looks in a row that said less than a verdict; another one on the same day of readings does not count again.</summary>
    private static int LooksOf(Finding latest, Finding finding, Verdict verdict)
    {
        var before = latest.Verdict == verdict ? latest.Held?.Looks ?? 0 : 0;
        var sameDay = latest.Window.To.UtcDateTime.Date == finding.Window.To.UtcDateTime.Date;
        return sameDay ? Math.Max(before, 1) : before + 1;
    }

    private HeldVerdict Hold(Verdict verdict, Verdict alone, int looks)
    {
        string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        return new HeldVerdict(
            alone, looks, options.FallAfterLooks,
            Text($"This look alone says {alone.Name()}. The verdict stays {verdict.Name()} until the load stands {options.FallMargin:0.##} of a step below it, or for {options.FallAfterLooks} looks in a row; this is look {looks}."),
            Text($"仅凭此次判断为{Chinese(alone)}。结论维持{Chinese(verdict)}，直至负荷低于该级{options.FallMargin:0.##}级，或连续{options.FallAfterLooks}次判断更低；此为第{looks}次。"));
    }

    private static string Chinese(Verdict verdict) => verdict switch
    {
        Verdict.Case => "立案",
        Verdict.Watch => "观察",
        _ => "无嫌疑",
    };
}
