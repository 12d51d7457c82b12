// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Cases.Stores;
using Detector.Metering;

namespace Detector.Cases;

/// <summary>What a finding does to the history of verdicts and to the site's case, within one transaction.</summary>
internal sealed class Consideration(CasesOptions options)
{
    private readonly Evidence _evidence = new(options);
    private readonly Hysteresis _hysteresis = new(options);

    /// <summary>The move that refuted a case last; null where none did.</summary>
    public static CaseEvent? RefutationOf(IEnumerable<CaseEvent> events) =>
        events.LastOrDefault(e => e is { Kind: CaseEventKind.Moved, After: CaseState.Refuted });

    /// <summary>Considers one finding.</summary>
    /// <param name="store">The store.</param>
    /// <param name="recorder">Writes to it.</param>
    /// <param name="looked">What the look alone says.</param>
    /// <param name="installed">When the meter was at the finding's site, or is.</param>
    /// <param name="hasLeft">Whether it has left that site.</param>
    /// <param name="cancel">Gives up.</param>
    /// <remarks>
    /// Of a site that the meter has left, what counts is what was known of the meter there, and what was decided by the end of the window. The window may
    /// be judged again with another result: no later one would take in what came late.
    /// </remarks>
    public async Task<CaseChange> ApplyAsync(ICaseWriter store, Recorder recorder, Finding looked, TimeRange installed, bool hasLeft, CancellationToken cancel)
    {
        var latest = hasLeft
            ? await store.LatestOfMeterAsync(looked.Meter, looked.Site, installed, cancel)
            : await store.LatestOfMeterAsync(looked.Meter, cancel);
        var finding = _hysteresis.Apply(latest?.Finding, looked);
        var (placement, previous) = hasLeft
            ? PlaceAgain(finding, latest)
            : VerdictLog.Place(finding, latest, await store.HasVerdictAsync(finding.Meter, finding.Window, finding.Model, cancel));
        if (placement is Placement.Repeated or Placement.Outdated)
        {
            var kind = placement == Placement.Repeated ? CaseChangeKind.Repeated : CaseChangeKind.Outdated;
            return new CaseChange(kind, VerdictRecorded: false, null, null, null);
        }

        if (await store.OpenCaseOfAsync(finding.Site, cancel) is { } open)
        {
            return await MeetAsync(store, recorder, open, finding, installed, placement, previous, cancel);
        }

        if (finding.Verdict != Verdict.Case)
        {
            return await KeepAsync(recorder, finding, placement, previous, cancel);
        }

        if (await store.LastRefutedOfAsync(finding.Site, cancel) is { } refuted
            && refuted.RefutedAt + options.CoolDown > (hasLeft ? finding.Window.To : recorder.Now))
        {
            return await SuppressAsync(store, recorder, refuted, finding, placement, previous, cancel);
        }

        if (await store.LastConfirmedOfAsync(finding.Site, cancel) is not { State: CaseState.Closed } closed)
        {
            var opened = await recorder.OpenAsync(await recorder.RecordVerdictAsync(finding, previous, cancel), cancel);
            return new CaseChange(CaseChangeKind.Opened, VerdictRecorded: true, opened.Id, opened.EvidenceVersion, null);
        }

        if (hasLeft && closed.Since >= finding.Window.To)
        {
            return await KeepAsync(recorder, finding, placement, previous, cancel); // of the time before that case was closed: no relapse
        }

        var again = await recorder.ReopenAsync(closed, await recorder.RecordVerdictAsync(finding, previous, cancel), cancel);
        return new CaseChange(CaseChangeKind.Reopened, VerdictRecorded: true, again.Id, again.EvidenceVersion, null);
    }

    /// <summary>The place of a finding of a site that its meter has left.</summary>
    private (Placement Placement, Verdict? Previous) PlaceAgain(Finding finding, SiteVerdict? latest)
    {
        if (latest?.Finding is not { } before || before.Window.To != finding.Window.To)
        {
            return VerdictLog.Place(finding, latest, repeated: false);
        }

        if (finding.Window.From > before.Window.From)
        {
            return (Placement.Outdated, before.Verdict); // some of its readings have expired meanwhile
        }

        return (_evidence.IsMaterial(before, finding) ? Placement.New : Placement.Repeated, before.Verdict);
    }

    private static async Task<CaseChange> KeepAsync(
        Recorder recorder, Finding finding, Placement placement, Verdict? previous, CancellationToken cancel)
    {
        if (placement == Placement.Same)
        {
            return new CaseChange(CaseChangeKind.Unchanged, VerdictRecorded: false, null, null, null);
        }

        await recorder.RecordVerdictAsync(finding, previous, cancel);
        return new CaseChange(CaseChangeKind.Recorded, VerdictRecorded: true, null, null, null);
    }

    private async Task<CaseChange> MeetAsync(
        ICaseWriter store, Recorder recorder, CaseRecord open, Finding finding, TimeRange installed, Placement placement, Verdict? previous, CancellationToken cancel)
    {
        var evidence = Evidence.OfThisTime(await store.EvidenceOfAsync(open.Number, cancel), await store.EventsOfAsync(open.Number, cancel));
        var known = evidence.LastOrDefault(e => e.Finding.Meter == finding.Meter && installed.Overlaps(e.Finding.Window))?.Finding;
        if (!_evidence.Joins(known, finding))
        {
            var kept = await KeepAsync(recorder, finding, placement, previous, cancel);
            return kept with { CaseId = open.Id, EvidenceVersion = open.EvidenceVersion };
        }

        var verdict = await recorder.RecordVerdictAsync(finding, previous, cancel);
        var lead = Evidence.Lead(
            evidence.Select(e => (Sequence: e.VerdictSequence, e.Finding)).Append((Sequence: verdict.Sequence, Finding: finding)), e => e.Finding);
        var after = await recorder.JoinAsync(open, verdict.Sequence, lead, cancel);
        return new CaseChange(CaseChangeKind.Joined, VerdictRecorded: true, after.Id, after.EvidenceVersion, null);
    }

    private async Task<CaseChange> SuppressAsync(
        ICaseWriter store, Recorder recorder, CaseRecord refuted, Finding finding, Placement placement, Verdict? previous, CancellationToken cancel)
    {
        var until = refuted.RefutedAt!.Value + options.CoolDown;
        var reason = RefutationOf(await store.EventsOfAsync(refuted.Number, cancel))?.Why;
        var because = string.IsNullOrWhiteSpace(reason) ? string.Empty : $" because: {reason}";
        var why = string.Create(
            CultureInfo.InvariantCulture,
            $"{refuted.Id} was refuted on {UtcText.Write(refuted.RefutedAt.Value)}{because}; the site is left alone until {UtcText.Write(until)}. Meter {finding.Meter} would have opened a case.");
        if (placement == Placement.New)
        {
            var verdict = await recorder.RecordVerdictAsync(finding, previous, cancel);
            await recorder.SuppressAsync(refuted, verdict, why, cancel);
        }

        return new CaseChange(CaseChangeKind.Suppressed, placement == Placement.New, refuted.Id, refuted.EvidenceVersion, why);
    }
}
