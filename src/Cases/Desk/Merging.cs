// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using System.Text.Json.Nodes;
using Detector.Access;
using Detector.Cases.Stores;
using Detector.Metering;

namespace Detector.Cases.Desk;

/// <summary>Merges a case into another, where two sites turn out to be run as one, and splits it off again where they do not.</summary>
/// <remarks>A site still has one open case: of a merged case's site it is the leading one, which takes that site's evidence until they are split. Only cases that nobody
/// has decided yet are merged or split, so that no confirmation and no measure ever comes to stand on evidence that its two people did not see.</remarks>
internal sealed class Merging(CasesOptions options)
{
    private static readonly Role[] Mergers = [Role.Operator, Role.Supervisor];

    /// <summary>Cases that are merged into the one with these events, in the order in which they were.</summary>
    public static IReadOnlyList<MergedCase> In(IEnumerable<CaseEvent> events)
    {
        var merged = new List<MergedCase>();
        foreach (var happened in events)
        {
            if (happened.Kind == CaseEventKind.MergedFrom)
            {
                merged.Add(Named(happened));
            }
            else if (happened.Kind == CaseEventKind.SplitOff)
            {
                merged.Remove(Named(happened));
            }
        }

        return merged;
    }

    /// <summary>The sites that a case stands for: its own, then those of the cases merged into it.</summary>
    public static IReadOnlyList<string> SitesOf(string own, IEnumerable<CaseEvent> events) => [.. In(events).Select(m => m.Site).Prepend(own).Distinct(StringComparer.Ordinal)];

    /// <summary>The evidence version from which on evidence of a site counts again after its case was split off, by site.</summary>
    public static IReadOnlyDictionary<string, long> SplitOffSites(IEnumerable<CaseEvent> events) => events
        .Where(e => e.Kind == CaseEventKind.SplitOff)
        .GroupBy(e => Named(e).Site, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.Last().EvidenceVersion, StringComparer.Ordinal);

    /// <summary>Merges a case into another, or says why not.</summary>
    public async Task<(MoveOutcome Outcome, BothTexts Text, CaseRecord? Record)> MergeAsync(
        ICaseWriter store, Recorder recorder, MergeRequest request, CancellationToken cancel)
    {
        if (await FindAsync(store, request.CaseId, cancel) is not { } record)
        {
            return (MoveOutcome.NotFound, MoveText.UnknownCase(request.CaseId), null);
        }

        if (!Mergers.Contains(request.Actor.Role))
        {
            return (MoveOutcome.Forbidden, MoveText.NotForRole("merge", request.Actor.Role), record);
        }

        if (await FindAsync(store, request.Into, cancel) is not { } leading)
        {
            return (MoveOutcome.NotFound, MoveText.UnknownCase(request.Into), record);
        }

        if (await RefusalAsync(store, request, record, leading, cancel) is { } refusal)
        {
            return (refusal.Outcome, refusal.Text, record);
        }

        var merged = Movement.Stand(record, CaseState.Merged, recorder.Now, options) with { MergedInto = leading.Number, StateBeforeMerge = record.State };
        await recorder.ChangeAsync(merged, By(recorder.Happened(merged, CaseEventKind.MergedInto), request, "merge", record.State, new JsonObject { ["into"] = leading.Id }), cancel);
        await recorder.ChangeAsync(
            leading with { Changed = recorder.Now }, By(recorder.Happened(leading, CaseEventKind.MergedFrom), request, "merge", leading.State, NameOf(record)), cancel);
        await TakeOverAsync(store, recorder, record, leading, record.Id, cancel);
        return (MoveOutcome.Moved, MoveText.Merged(record.Id, leading.Id), merged);
    }

    /// <summary>Lets a merged case stand for itself again, or says why not.</summary>
    public async Task<(MoveOutcome Outcome, BothTexts Text, CaseRecord? Record)> SplitAsync(
        ICaseWriter store, Recorder recorder, MergeRequest request, CancellationToken cancel)
    {
        if (await FindAsync(store, request.CaseId, cancel) is not { } record)
        {
            return (MoveOutcome.NotFound, MoveText.UnknownCase(request.CaseId), null);
        }

        if (!Mergers.Contains(request.Actor.Role))
        {
            return (MoveOutcome.Forbidden, MoveText.NotForRole("split", request.Actor.Role), record);
        }

        if (string.IsNullOrWhiteSpace(request.Note))
        {
            return (MoveOutcome.Invalid, MoveText.NoReason("split"), record);
        }

        if (record is not { MergedInto: { } into, StateBeforeMerge: { } before })
        {
            return (MoveOutcome.NotLegal, MoveText.NotMerged(record.Id), record);
        }

        var leading = (await store.CaseAsync(into, cancel))!;
        if (!IsUndecided(leading.State))
        {
            return (MoveOutcome.NotLegal, MoveText.Decided(leading.Id, leading.State), record);
        }

        if (request.IntoEvidenceVersion != leading.EvidenceVersion)
        {
            return (MoveOutcome.Conflict, MoveText.Stale(leading.Id, request.IntoEvidenceVersion, leading.EvidenceVersion), record);
        }

        var rest = (await ThisTimeAsync(store, leading, cancel)).Where(e => e.Finding.Site != record.Site).ToList();
        if (rest.Count == 0)
        {
            return (MoveOutcome.NotLegal, MoveText.NothingLeft(leading.Id, record.Id), record);
        }

        var alone = Movement.Stand(record, before, recorder.Now, options) with { MergedInto = null, StateBeforeMerge = null };
        await recorder.ChangeAsync(alone, By(recorder.Happened(alone, CaseEventKind.SplitFrom), request, "split", CaseState.Merged, new JsonObject { ["from"] = leading.Id }), cancel);
        alone = await TakeOverAsync(store, recorder, leading, alone, leading.Id, cancel, onlySite: record.Site);
        var lead = Evidence.Lead(rest, e => e.Finding);
        var without = leading with
        {
            EvidenceVersion = leading.EvidenceVersion + 1, // what remains is other evidence than people saw before
            LeadSequence = lead.VerdictSequence,
            Lead = lead.Finding,
            Changed = recorder.Now,
            SnoozedUntil = null,
        };
        await recorder.ChangeAsync(without, By(recorder.Happened(without, CaseEventKind.SplitOff), request, "split", leading.State, NameOf(record)), cancel);
        return (MoveOutcome.Moved, MoveText.Split(record.Id, leading.Id), alone);
    }

    private static async Task<(MoveOutcome Outcome, BothTexts Text)?> RefusalAsync(
        ICaseWriter store, MergeRequest request, CaseRecord record, CaseRecord leading, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(request.Note))
        {
            return (MoveOutcome.Invalid, MoveText.NoReason("merge"));
        }

        if (record.Number == leading.Number)
        {
            return (MoveOutcome.NotLegal, MoveText.IntoItself(record.Id));
        }

        foreach (var one in new[] { record, leading })
        {
            if (!IsUndecided(one.State))
            {
                return (MoveOutcome.NotLegal, MoveText.Decided(one.Id, one.State));
            }
        }

        if (In(await store.EventsOfAsync(record.Number, cancel)) is { Count: > 0 } others)
        {
            return (MoveOutcome.NotLegal, MoveText.LeadsOthers(record.Id, others[0].Case));
        }

        if (request.EvidenceVersion != record.EvidenceVersion)
        {
            return (MoveOutcome.Conflict, MoveText.Stale(request.EvidenceVersion, record.EvidenceVersion));
        }

        return request.IntoEvidenceVersion == leading.EvidenceVersion
            ? null
            : (MoveOutcome.Conflict, MoveText.Stale(leading.Id, request.IntoEvidenceVersion, leading.EvidenceVersion));
    }

    /// <summary>Lets the present finding of each meter of one case join another that does not have it yet.</summary>
    private static async Task<CaseRecord> TakeOverAsync(
        ICaseWriter store, Recorder recorder, CaseRecord from, CaseRecord to, string name, CancellationToken cancel, string? onlySite = null)
    {
        var present = (await ThisTimeAsync(store, from, cancel))
            .Where(e => onlySite is null || e.Finding.Site == onlySite)
            .GroupBy(e => e.Finding.Meter).Select(ofMeter => ofMeter.Last()).OrderBy(e => e.VerdictSequence);
        var evidence = (await ThisTimeAsync(store, to, cancel)).Select(e => (Sequence: e.VerdictSequence, e.Finding)).ToList();
        foreach (var one in present.Where(p => evidence.TrueForAll(e => e.Sequence != p.VerdictSequence)).ToList())
        {
            evidence.Add((one.VerdictSequence, one.Finding));
            to = await recorder.JoinAsync(to, one.VerdictSequence, Evidence.Lead(evidence, e => e.Finding), cancel, $"Known from {name}.");
        }

        return to;
    }

    private static async Task<IReadOnlyList<CaseEvidence>> ThisTimeAsync(ICaseReader store, CaseRecord record, CancellationToken cancel) =>
        Evidence.OfThisTime(await store.EvidenceOfAsync(record.Number, cancel), await store.EventsOfAsync(record.Number, cancel));

    private static async Task<CaseRecord?> FindAsync(ICaseReader store, string? id, CancellationToken cancel) =>
        CaseRecord.NumberOf(id) is { } number ? await store.CaseAsync(number, cancel) : null;

    private static bool IsUndecided(CaseState state) => state is CaseState.Screened or CaseState.Triaged or CaseState.Inspecting or CaseState.Inconclusive;

    private static JsonObject NameOf(CaseRecord record) => new() { ["case"] = record.Id, ["site"] = record.Site };

    private static MergedCase Named(CaseEvent happened)
    {
        using var data = JsonDocument.Parse(happened.Data!);
        return new MergedCase(data.RootElement.GetProperty("case").GetString()!, data.RootElement.GetProperty("site").GetString()!);
    }

    private static CaseEvent By(CaseEvent happened, MergeRequest request, string verb, CaseState before, JsonObject data) => happened with
    {
        Verb = verb,
        Before = before,
        Actor = request.Actor.Name,
        Role = request.Actor.Role,
        Why = request.Note,
        Data = data.ToJsonString(FindingJson.Options),
    };
}

/// <summary>A case that is merged into another.</summary>
/// <param name="Case">Its id.</param>
/// <param name="Site">Its site.</param>
public sealed record MergedCase(string Case, string Site);

/// <summary>A merge or a split as asked for.</summary>
/// <param name="CaseId">The case that is merged, or split off.</param>
/// <param name="Into">The case that leads; null for a split, which knows it.</param>
/// <param name="EvidenceVersion">The evidence of the first that the person saw; a split does not ask.</param>
/// <param name="IntoEvidenceVersion">The evidence of the leading one that the person saw.</param>
/// <param name="Actor">The person.</param>
/// <param name="Note">Why; needed.</param>
internal sealed record MergeRequest(string CaseId, string Into, long EvidenceVersion, long IntoEvidenceVersion, Actor Actor, string? Note);
