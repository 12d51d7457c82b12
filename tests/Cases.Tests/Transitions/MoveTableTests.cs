// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Testing;

namespace Detector.Cases.Tests.Transitions;

/// <summary>The table of moves in docs/cases.md is the oracle: what it allows is allowed, everything else is refused.</summary>
public sealed class MoveTableTests
{
    private static readonly IReadOnlyList<Row> Documented = ReadTable();

    private static readonly string[] Verbs = [.. CaseLifecycle.Standard().Transitions.Select(t => t.Verb)];

    [Test]
    public void The_documented_table_is_the_code()
    {
        var code = CaseLifecycle.Standard().Transitions.SelectMany(t => t.Legs.Select(l => Text(t.Verb, l.From, l.To, l.Movers, t.Approvers)));
        var documented = Documented.Select(r => Text(r.Verb, r.From, r.To, r.Movers, r.Approvers));
        Assert.That(documented, Is.EquivalentTo(code));
    }

    [Test]
    public async Task Every_state_verb_role_and_person_is_allowed_or_refused_as_documented()
    {
        await using var bench = await CasesBench.OpenAsync();
        var tried = 0;
        foreach (var verb in Verbs)
        {
            // A pending proposal matters to verbs that take two people; one for another verb must not.
            string?[] proposers = Documented.Any(r => r.Verb == verb && r.Approvers.Count > 0) ? [null, "ana", "ANA", "ben"] : [null, "ben"];
            foreach (var (state, role, proposer) in CaseStateNames.All.SelectMany(s => RoleNames.All.SelectMany(r => proposers.Select(p => (s, r, p)))))
            {
                var proposal = proposer is null ? null : new Proposal(verb, proposer, Role.Operator, bench.Clock.GetUtcNow(), 1, null);
                var id = await bench.OpenCaseAsync($"s-{tried++}");
                await bench.PutAsync(id, state, proposal);
                await CheckAsync(bench, id, new Actor("ana", role), verb, state, proposer);
            }
        }

        Assert.That(tried, Is.EqualTo(11 * 5 * ((3 * 4) + (9 * 2))));
    }

    [TestCase("start-inspection")]
    [TestCase("start_inspection")]
    [TestCase("Start Inspection")]
    [TestCase("inspect")]
    public async Task A_verb_may_be_written_in_several_ways(string verb)
    {
        await using var bench = await CasesBench.OpenAsync();
        var id = await bench.OpenCaseAsync();
        await bench.MoveAsync(id, "triage", CasesBench.Ana);
        Assert.That((await bench.MoveAsync(id, verb, CasesBench.Ana)).Case!.Summary.State, Is.EqualTo(CaseState.Inspecting));
        Assert.That((await bench.Desk.GetAsync(id, default))!.Events[^1].Verb, Is.EqualTo("start-inspection"));
    }

    [Test]
    public void A_verb_registered_twice_stops_the_start() => Assert.That(
        () => CaseLifecycle.Standard().Add(new Cases.Transitions.Triage.TriageTransition()), Throws.InvalidOperationException);

    [Test]
    public void States_are_frozen() => Assert.That(
        Enum.GetValues<CaseState>().Select(s => $"{(int)s} {s.Name()}"),
        Is.EqualTo(new[]
        {
            "1 screened", "2 triaged", "3 inspecting", "4 confirmed", "5 refuted", "6 inconclusive", "7 measures", "8 exit_monitoring", "9 closed", "10 objection", "11 merged",
        }));

    [Test]
    public void Event_kinds_are_frozen() => Assert.That(
        Enum.GetValues<CaseEventKind>().Select(k => $"{(int)k} {k.Name()}"),
        Is.EqualTo(new[] { "1 opened", "2 evidence_joined", "3 moved", "4 proposed", "5 proposal_voided", "6 suppressed", "7 assigned", "8 noted", "9 snoozed", "10 escalated", "11 reopened", "12 measure", "13 inspected", "14 attached", "15 merged_into", "16 merged_from", "17 split_from", "18 split_off", "19 woken" }));

    private static async Task CheckAsync(CasesBench bench, string id, Actor actor, string verb, CaseState state, string? proposer)
    {
        var before = (await bench.Desk.GetAsync(id, default))!;
        var head = (await bench.EventsAsync(before.Events[^1].Sequence - 1))[^1].Sequence;
        var result = await bench.Desk.MoveAsync(id, verb, 1, actor, "why", default);
        var what = $"{verb} from {state.Name()} by {actor.Role.Name()} with a proposal by {proposer ?? "nobody"}";
        var expected = Expected(state, verb, actor.Role, proposer);
        Assert.That(result.Outcome, Is.EqualTo(expected), what);
        Assert.That(before.Moves.Any(m => m.Verb == verb && m.IsFor(actor)), Is.EqualTo(result.Succeeded), $"{what}: the list of moves says otherwise");
        var told = await bench.EventsAsync(head);
        var kept = result.Case!.Events.Skip(before.Events.Count).ToList();
        Assert.That((kept.Count, told.Count), Is.EqualTo(result.Succeeded ? (1, 1) : (0, 0)), $"{what}: an event for each move and none without");
        if (result.Succeeded)
        {
            Assert.That((kept[0].Before, kept[0].After, kept[0].Actor, kept[0].Why, kept[0].Verb), Is.EqualTo((state, result.Case.Summary.State, "ana", "why", verb)), what);
        }
    }

    private static MoveOutcome Expected(CaseState state, string verb, Role role, string? proposer)
    {
        var rows = Documented.Where(r => r.Verb == verb).ToList();
        if (!rows.Exists(r => r.Movers.Contains(role) || r.Approvers.Contains(role)))
        {
            return MoveOutcome.Forbidden;
        }

        if (rows.Find(r => r.From == state) is not { } row)
        {
            return MoveOutcome.NotLegal;
        }

        if (row.Approvers.Count == 0)
        {
            return row.Movers.Contains(role) ? MoveOutcome.Moved : MoveOutcome.Forbidden;
        }

        return proposer switch
        {
            null => row.Movers.Contains(role) ? MoveOutcome.Proposed : MoveOutcome.Forbidden,
            "ben" => row.Approvers.Contains(role) ? MoveOutcome.Moved : MoveOutcome.Forbidden,
            _ => MoveOutcome.Forbidden,
        };
    }

    private static string Text(string verb, CaseState from, CaseState? to, IReadOnlyList<Role> movers, IReadOnlyList<Role> approvers) =>
        $"{verb}: {from.Name()} to {to?.Name() ?? "where it was"} by {string.Join('+', movers)} approved by {string.Join('+', approvers)}";

    private static List<Row> ReadTable()
    {
        var lines = File.ReadLines(Path.Combine(Requires.Repository(), "docs", "cases.md"))
            .SkipWhile(l => l != "## Moves").SkipWhile(l => !l.StartsWith("|---", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.StartsWith('|'));
        return [.. lines.Select(l => l.Split('|', StringSplitOptions.TrimEntries)[1..^1]).Select(c => new Row(
            c[0].Trim('`'), State(c[1]), c[2] == "where it was" ? null : State(c[2]), Roles(c[3]), Roles(c[4])))];
    }

    private static CaseState State(string name)
    {
        Assert.That(CaseStateNames.TryParse(name, out var state), Is.True, name);
        return state;
    }

    private static List<Role> Roles(string names) => [.. names.Split(',', StringSplitOptions.TrimEntries).Where(n => n != "–").Select(n =>
    {
        Assert.That(RoleNames.TryParse(n, out var role), Is.True, n);
        return role;
    })];

    private sealed record Row(string Verb, CaseState From, CaseState? To, IReadOnlyList<Role> Movers, IReadOnlyList<Role> Approvers);
}
