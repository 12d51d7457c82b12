// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Web.Api;
using Detector.Web.Security;

namespace Detector.Web.Views;

/// <summary>The cases that the person before a page sees, and what they do to them: the desk, for which a case outside their regions and feeders does not exist.</summary>
internal sealed class SeenCases(CaseDesk desk, Sight sight)
{
    /// <summary>Cases newest first; a page is filled beyond what is not seen.</summary>
    public async Task<IReadOnlyList<CaseSummary>> ListAsync(CaseFilter filter, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return await sight.ScopeAsync() is null ? await desk.ListAsync(filter, cancel) : (await CasesApi.SeenAsync(desk, filter, await sight.SitesAsync(), cancel)).Page;
    }

    /// <summary>How many cases there are by state.</summary>
    public async Task<IReadOnlyDictionary<CaseState, int>> CountAsync(CancellationToken cancel) =>
        await sight.ScopeAsync() is null ? await desk.CountAsync(cancel) : await desk.CountAsync(await sight.SitesAsync(), cancel);

    /// <summary>One case; null where there is none or it is not seen.</summary>
    public async Task<CaseDetail?> GetAsync(string id, CancellationToken cancel) =>
        await desk.GetAsync(id, cancel) is { } found && await sight.SeesAsync(found.Summary.Site) ? found : null;

    /// <summary>Whether a case is seen now: asked before whatever changes it.</summary>
    public async Task<bool> SeesAsync(string id, CancellationToken cancel) =>
        await sight.ScopeAsync() is null || (await desk.SiteOfAsync(id, cancel) is { } site && await sight.SeesAsync(site));

    /// <summary>Makes a person's move, or says why not.</summary>
    public async Task<MoveResult> MoveAsync(string caseId, string verb, long evidenceVersion, Actor actor, string? note, CancellationToken cancel) =>
        await SeesAsync(caseId, cancel) ? await desk.MoveAsync(caseId, verb, evidenceVersion, actor, note, cancel) : NoCase(caseId);

    /// <summary>Gives a case to a person; null or empty takes it from whoever has it.</summary>
    public async Task<MoveResult> AssignAsync(string caseId, string? assignee, Actor actor, string? note, CancellationToken cancel) =>
        await SeesAsync(caseId, cancel) ? await desk.AssignAsync(caseId, assignee, actor, note, cancel) : NoCase(caseId);

    /// <summary>Writes a note on a case.</summary>
    public async Task<MoveResult> NoteAsync(string caseId, string note, Actor actor, CancellationToken cancel) =>
        await SeesAsync(caseId, cancel) ? await desk.NoteAsync(caseId, note, actor, cancel) : NoCase(caseId);

    /// <summary>Puts a case off until a moment, with the reason.</summary>
    public async Task<MoveResult> SnoozeAsync(string caseId, DateTimeOffset until, Actor actor, string reason, CancellationToken cancel) =>
        await SeesAsync(caseId, cancel) ? await desk.SnoozeAsync(caseId, until, actor, reason, cancel) : NoCase(caseId);

    /// <summary>Ends the waiting of a case that was put off.</summary>
    public async Task<MoveResult> WakeAsync(string caseId, Actor actor, CancellationToken cancel) =>
        await SeesAsync(caseId, cancel) ? await desk.WakeAsync(caseId, actor, note: null, cancel) : NoCase(caseId);

    /// <summary>What may be done to a case as a list has it, and by whom.</summary>
    public IReadOnlyList<AllowedMove> MovesOf(CaseSummary found) => desk.MovesOf(found);

    /// <summary>Merges a case into another; both must be seen.</summary>
    public async Task<MoveResult> MergeAsync(string caseId, string into, long evidenceVersion, long intoEvidenceVersion, Actor actor, string? note, CancellationToken cancel) =>
        await UnseenAsync(cancel, caseId, into) is { } unseen ? NoCase(unseen) : await desk.MergeAsync(caseId, into, evidenceVersion, intoEvidenceVersion, actor, note, cancel);

    /// <summary>Lets a merged case stand for itself again; it and the one that leads it must be seen.</summary>
    public async Task<MoveResult> SplitAsync(string caseId, string leading, long leadingEvidenceVersion, Actor actor, string? note, CancellationToken cancel) =>
        await UnseenAsync(cancel, caseId, leading) is { } unseen ? NoCase(unseen) : await desk.SplitAsync(caseId, leadingEvidenceVersion, actor, note, cancel);

    /// <summary>What a change of a case answers that is not there, or not for this person.</summary>
    internal static MoveResult NoCase(string id) => new(MoveOutcome.NotFound, null, $"There is no case '{id}'.", $"没有案件“{id}”。");

    private async Task<string?> UnseenAsync(CancellationToken cancel, params string[] ids)
    {
        foreach (var id in ids)
        {
            if (!await SeesAsync(id, cancel))
            {
                return id;
            }
        }

        return null;
    }
}
