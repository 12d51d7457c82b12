// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases.Tests.Transitions;

public sealed class ConfirmTests
{
    private CasesBench _bench = null!;
    private string _id = null!;

    [SetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync();
        _id = await _bench.OpenInspectingAsync();
    }

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task Two_different_people_confirm_and_one_alone_does_not()
    {
        var proposed = await _bench.MoveAsync(_id, "confirm", CasesBench.Ana, "200 machines seen");
        Assert.That(proposed.Outcome, Is.EqualTo(MoveOutcome.Proposed));
        Assert.That(proposed.Case!.Summary.State, Is.EqualTo(CaseState.Inspecting));
        Assert.That(proposed.Case.Summary.Proposal, Is.EqualTo(new Proposal("confirm", "ana", Role.Operator, _bench.Clock.GetUtcNow(), 1, "200 machines seen")));
        Assert.That(proposed.Case.Moves.Single(m => m.Verb == "confirm").NotBy, Is.EqualTo("ana"));
        Assert.That((await _bench.MoveAsync(_id, "confirm", CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.Forbidden));
        var confirmed = await _bench.MoveAsync(_id, "confirm", CasesBench.Sue);
        Assert.That(confirmed.Case!.Summary.State, Is.EqualTo(CaseState.Confirmed));
        Assert.That(confirmed.Case.Summary.Proposal, Is.Null);
    }

    [Test]
    public async Task Evidence_after_the_proposal_makes_it_void()
    {
        await _bench.MoveAsync(_id, "confirm", CasesBench.Ana);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 1, probability: 0.8), default);
        var stale = await _bench.Desk.MoveAsync(_id, "confirm", 1, CasesBench.Sue, null, default);
        Assert.That(stale.Outcome, Is.EqualTo(MoveOutcome.Conflict));
        var overtaken = await _bench.Desk.MoveAsync(_id, "confirm", 2, CasesBench.Sue, null, default);
        Assert.That(overtaken.Outcome, Is.EqualTo(MoveOutcome.Conflict));
        Assert.That(overtaken.Text, Does.Contain("must be made again"));
        Assert.That(overtaken.TextZh, Does.Contain("作废"));
        Assert.That(overtaken.Case!.Summary.Proposal, Is.Null);
        Assert.That(overtaken.Case.Events[^1].Kind, Is.EqualTo(CaseEventKind.ProposalVoided));
        Assert.That((await _bench.MoveAsync(_id, "confirm", CasesBench.Ben)).Outcome, Is.EqualTo(MoveOutcome.Proposed));
        Assert.That((await _bench.MoveAsync(_id, "confirm", CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.Moved));
    }

    [Test]
    public async Task A_proposer_may_propose_again_on_the_new_evidence()
    {
        await _bench.MoveAsync(_id, "confirm", CasesBench.Ana);
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(day: 1, probability: 0.8), default);
        Assert.That((await _bench.MoveAsync(_id, "confirm", CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.Proposed));
        Assert.That((await _bench.MoveAsync(_id, "confirm", CasesBench.Sue)).Outcome, Is.EqualTo(MoveOutcome.Moved));
    }

    [Test]
    public async Task Of_a_thousand_approvals_at_a_time_one_succeeds()
    {
        await _bench.MoveAsync(_id, "confirm", CasesBench.Ana);
        await using var other = await _bench.OpenDeskAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() =>
            (i % 2 == 0 ? _bench.Desk : other).MoveAsync(_id, "confirm", 1, new Actor($"person {i}", Role.Supervisor), null, default))));
        Assert.That(results.Count(r => r.Outcome == MoveOutcome.Moved), Is.EqualTo(1));
        Assert.That(results.Count(r => r.Outcome == MoveOutcome.NotLegal), Is.EqualTo(999));
        var detail = (await _bench.Desk.GetAsync(_id, default))!;
        Assert.That(detail.Events.Count(e => e.After == CaseState.Confirmed), Is.EqualTo(1));
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).Intact, Is.True);
    }

    [TestCase("c-99")]
    [TestCase("c-0")]
    [TestCase("c-1 ")]
    [TestCase("'; DROP TABLE cases; --")]
    [TestCase("")]
    public async Task A_case_that_is_not_there_is_not_found(string id) =>
        Assert.That((await _bench.MoveAsync(id, "triage", CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.NotFound));

    [Test]
    public async Task A_note_that_cannot_be_kept_is_refused([Values("a\0b", "\u001b[31m")] string note) =>
        Assert.That((await _bench.MoveAsync(_id, "refute", CasesBench.Ana, note)).Outcome, Is.EqualTo(MoveOutcome.Invalid));

    [Test]
    public async Task A_note_of_a_page_is_kept_and_a_longer_one_refused()
    {
        Assert.That((await _bench.MoveAsync(_id, "refute", CasesBench.Ana, new string('x', 4001))).Outcome, Is.EqualTo(MoveOutcome.Invalid));
        Assert.That((await _bench.MoveAsync(_id, "refute", CasesBench.Ana, new string('x', 4000))).Outcome, Is.EqualTo(MoveOutcome.Moved));
    }

    [Test]
    public async Task An_unknown_verb_is_not_legal() =>
        Assert.That((await _bench.MoveAsync(_id, "promote", CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.NotLegal));
}
