// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Audit;
using Detector.Metering;

namespace Detector.Cases.Tests.Audit;

public sealed class AuditChainTests
{
    private CasesBench _bench = null!;

    [SetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync();
        await _bench.OpenRefutedAsync();
        await _bench.OpenInspectingAsync("s-2");
        await _bench.Desk.ConsiderAsync(CasesBench.Finding("s-3", Verdict.Clear), default);
    }

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task An_untouched_chain_is_intact()
    {
        var state = await _bench.Desk.VerifyAuditAsync(null, default);
        Assert.That((state.Intact, state.Rows, state.FirstFault), Is.EqualTo((true, 10, (AuditFault?)null)));
    }

    [Test]
    public async Task An_empty_chain_is_intact()
    {
        await using var fresh = await CasesBench.OpenAsync();
        Assert.That(await fresh.Desk.VerifyAuditAsync(null, default), Is.EqualTo(new AuditState(true, 0, null, null)));
    }

    [TestCase("UPDATE audit SET body = replace(body, 'ana', 'bob') WHERE sequence = 3", 3, "hash of link 3")]
    [TestCase("UPDATE audit SET hash = replace(hash, substr(hash, 1, 1), 'g') WHERE sequence = 3", 3, "hash of link 3")]
    [TestCase("UPDATE audit SET previous = hash WHERE sequence = 4", 4, "does not continue")]
    [TestCase("UPDATE audit SET kind = 3 - kind WHERE sequence = 5", 5, "hash of link 5")]
    [TestCase("DELETE FROM audit WHERE sequence = 4", 4, "Link 4 is missing")]
    [TestCase("DELETE FROM audit WHERE sequence = 1", 1, "Link 1 is missing")]
    [TestCase("DELETE FROM audit WHERE sequence = 10", 11, null)]
    [TestCase("UPDATE audit SET sequence = CASE sequence WHEN 3 THEN -4 WHEN 4 THEN -3 END WHERE sequence IN (3, 4); UPDATE audit SET sequence = -sequence WHERE sequence < 0", 3, "does not continue")]
    [TestCase("UPDATE case_events SET actor = 'bob' WHERE sequence = 3", 3, "not what was recorded")]
    [TestCase("UPDATE case_events SET why = 'bribed' WHERE sequence = 5", 5, "not what was recorded")]
    [TestCase("UPDATE case_events SET after = 99 WHERE sequence = 4", 4, "gone or cannot be read")]
    [TestCase("DELETE FROM case_events WHERE sequence = 4", 4, "gone or cannot be read")]
    [TestCase("UPDATE verdicts SET finding = replace(finding, '0.97', '0.98') WHERE sequence = 6", 6, "not what was recorded")]
    [TestCase("UPDATE verdicts SET verdict = 2 WHERE sequence = 1", 1, "not what was recorded")]
    [TestCase("DELETE FROM verdicts WHERE sequence = 10", 10, "gone or cannot be read")]
    [TestCase("UPDATE cases SET state = 9 WHERE number = 2", 9, "c-2 does not stand")]
    [TestCase("UPDATE cases SET evidence_version = 7 WHERE number = 1", 5, "c-1 does not stand")]
    [TestCase("INSERT INTO case_events SELECT 77, case_number, site, kind, verb, before, after, evidence_version, verdict_sequence, actor, role, at, why, data FROM case_events WHERE sequence = 3", 77, "chain does not know")]
    public async Task Tampering_is_found_where_it_is(string sql, long at, string? says)
    {
        _bench.Tamper(sql);
        var state = await _bench.Desk.VerifyAuditAsync(null, default);
        Assert.That(state.Intact, Is.False);
        if (says is not null)
        {
            Assert.That(state.FirstFault!.Text, Does.Contain(says));
            Assert.That(state.FirstFault.Sequence, Is.EqualTo(at));
        }
        else
        {
            Assert.That(state.FirstFault, Is.EqualTo(new AuditFault(10, "The chain ends at 9, but 10 links were written.")));
        }
    }

    [Test]
    public async Task A_chain_cut_with_everything_it_speaks_of_is_found_by_an_anchor()
    {
        var anchor = (await _bench.Desk.VerifyAuditAsync(null, default)).Head;
        _bench.Tamper("""
            DELETE FROM verdicts WHERE sequence = 10; DELETE FROM audit WHERE sequence = 10;
            UPDATE audit_head SET sequence = 9, hash = (SELECT hash FROM audit WHERE sequence = 9);
            """);
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).Intact, Is.True, "only an anchor kept elsewhere can tell");
        Assert.That((await _bench.Desk.VerifyAuditAsync(anchor, default)).FirstFault!.Text, Does.Contain("the anchor is at 10"));
    }

    [Test]
    public async Task A_chain_with_another_past_is_found_by_an_anchor()
    {
        var state = await _bench.Desk.VerifyAuditAsync(new AuditAnchor(4, new string('a', 64)), default);
        Assert.That(state.FirstFault, Is.EqualTo(new AuditFault(4, "Link 4 is not the one of the anchor.")));
    }

    [Test]
    public void The_bytes_of_a_link_are_frozen()
    {
        var happened = new CaseEvent
        {
            Sequence = 1,
            CaseId = "c-7",
            Site = "厂 \"1\"",
            Kind = CaseEventKind.Moved,
            Verb = "triage",
            Before = CaseState.Screened,
            After = CaseState.Triaged,
            EvidenceVersion = 2,
            Actor = "ana",
            Role = Role.Operator,
            At = new DateTimeOffset(2026, 4, 2, 3, 0, 0, 5, TimeSpan.Zero),
        };
        var link = AuditChain.Link(null, happened);
        Assert.That(link.Body, Is.EqualTo("""{"case":"c-7","site":"厂 \"1\"","kind":"moved","verb":"triage","before":"screened","after":"triaged","evidence_version":2,"verdict_sequence":null,"actor":"ana","role":"operator","at":"2026-04-02T03:00:00.005Z","why":null}"""));
        Assert.That((link.Sequence, link.Previous), Is.EqualTo((1, new string('0', 64))));
        Assert.That(link.Hash, Is.EqualTo("d1cdace60687b2947b0d883f1aebc539f9ea0da1bc31b40b89e34e58bdbbc0f1"));
    }
}
