// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases;
using Detector.Cases.Desk;
using Detector.Pipeline;
using Detector.Web.Security;
using Detector.Web.Views;

namespace Detector.Web.Bulk;

/// <summary>Work on many cases, each by the rules of one: the call of the API and the console come in here, and go on to the one door of the cases.</summary>
internal sealed class BulkDesk(CaseDesk desk, RegistryHolder registry)
{
    /// <summary>Most cases of one request; each is asked and answered for itself.</summary>
    internal const int MostCases = 500;

    private const int MostTries = 5; // a case that something happens to five times within a moment is answered as it is

    /// <summary>Makes one of many moves, or says why not.</summary>
    /// <param name="id">The case; one outside the person's regions does not exist for them.</param>
    /// <param name="verb">The move.</param>
    /// <param name="seen">The evidence version that the person saw.</param>
    /// <param name="note">Why, in their words.</param>
    /// <param name="actor">The person.</param>
    /// <param name="once">The part of the caller's request; null where every request counts.</param>
    /// <param name="cancel">Gives up; nothing is then written.</param>
    public async Task<MoveResult> MoveAsync(string id, string verb, long seen, string? note, Actor actor, OnceKey? once, CancellationToken cancel)
    {
        if (!await SeesAsync(id, actor, cancel))
        {
            return SeenCases.NoCase(id);
        }

        using var terms = desk.Under(new ChangeTerms { Once = once });
        return await desk.MoveAsync(id, verb, seen, actor, note, cancel);
    }

    /// <summary>Gives a case to a person, or to nobody, unless its evidence changed since it was seen.</summary>
    public Task<MoveResult> AssignAsync(string id, long seen, string? assignee, string? note, Actor actor, CancellationToken cancel) =>
        SeenAsync(id, seen, actor, () => desk.AssignAsync(id, assignee, actor, note, cancel), cancel);

    /// <summary>Puts a case off, unless its evidence changed since it was seen.</summary>
    public Task<MoveResult> SnoozeAsync(string id, long seen, DateTimeOffset until, string? reason, Actor actor, CancellationToken cancel) =>
        SeenAsync(id, seen, actor, () => desk.SnoozeAsync(id, until, actor, reason ?? string.Empty, cancel), cancel);

    /// <summary>Work that moves nothing asks for no evidence version; here it holds to one, so that nobody puts off what they have not seen.</summary>
    private async Task<MoveResult> SeenAsync(string id, long seen, Actor actor, Func<Task<MoveResult>> work, CancellationToken cancel)
    {
        if (!await SeesAsync(id, actor, cancel))
        {
            return SeenCases.NoCase(id);
        }

        for (var tried = 1; ; tried++)
        {
            if (await desk.GetAsync(id, cancel) is not { } present)
            {
                return SeenCases.NoCase(id);
            }

            if (present.Summary.EvidenceVersion is var version && version != seen)
            {
                return new MoveResult(
                    MoveOutcome.Conflict, present,
                    $"The evidence has changed: version {seen} was shown, the case is at version {version}. Look again.",
                    $"证据已变化：显示的是第 {seen} 版，案件现为第 {version} 版，请重新查看。");
            }

            using var terms = desk.Under(new ChangeTerms { Versions = [present.Version] });
            var result = await work();
            if (result.Outcome != MoveOutcome.OtherVersion || tried == MostTries)
            {
                return result;
            }
        }
    }

    private Task<bool> SeesAsync(string id, Actor actor, CancellationToken cancel) => Scopes.SeesCaseAsync(desk, actor.Scope, registry, id, cancel);
}
