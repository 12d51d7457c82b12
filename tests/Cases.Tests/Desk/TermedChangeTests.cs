// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Desk;

namespace Detector.Cases.Tests.Desk;

public sealed class TermedChangeTests
{
    [Test]
    public async Task An_answer_is_kept_as_long_as_the_settings_say_and_then_the_key_is_free()
    {
        await using var bench = await CasesBench.OpenAsync();
        var id = await bench.OpenCaseAsync();
        Assert.That((await NoteAsync(bench, id, "k", "a")).Repeated, Is.Null);
        bench.Clock.Advance(bench.Options.KeepAnswers - TimeSpan.FromMilliseconds(1));
        Assert.That((await NoteAsync(bench, id, "k", "a")).Repeated!.Text, Is.EqualTo("answer a"));
        bench.Clock.Advance(TimeSpan.FromMilliseconds(2));
        Assert.That((await NoteAsync(bench, id, "k", "b")).Repeated, Is.Null);
        Assert.That((await bench.Desk.GetAsync(id, default))!.Events.Count(e => e.Kind == CaseEventKind.Noted), Is.EqualTo(2));
    }

    [Test]
    public async Task Two_processes_that_get_the_same_request_make_it_once()
    {
        await using var bench = await CasesBench.OpenAsync();
        var id = await bench.OpenCaseAsync();
        await using var other = await bench.OpenDeskAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => NoteAsync(i % 2 == 0 ? bench.Desk : other, id, "k", "a"))));
        Assert.That(results.Count(r => r.Repeated is null), Is.EqualTo(1));
        Assert.That(results.Count(r => r.Repeated?.Text == "answer a"), Is.EqualTo(39));
    }

    [Test]
    public async Task Terms_end_with_their_scope()
    {
        await using var bench = await CasesBench.OpenAsync();
        var id = await bench.OpenCaseAsync();
        using (bench.Desk.Under(new ChangeTerms { Versions = ["0"] }))
        {
            Assert.That((await bench.MoveAsync(id, "triage", CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.OtherVersion));
        }

        Assert.That((await bench.MoveAsync(id, "triage", CasesBench.Ana)).Outcome, Is.EqualTo(MoveOutcome.Moved));
    }

    [Test]
    public async Task The_version_of_a_case_changes_with_each_event_and_with_the_end_of_its_cool_down()
    {
        await using var bench = await CasesBench.OpenAsync();
        var id = await bench.OpenRefutedAsync();
        var refuted = (await bench.Desk.GetAsync(id, default))!.Version;
        await bench.Desk.NoteAsync(id, "x", CasesBench.Ana, default);
        var noted = (await bench.Desk.GetAsync(id, default))!.Version;
        bench.Clock.Advance(bench.Options.CoolDown);
        Assert.That(new[] { refuted, noted, (await bench.Desk.GetAsync(id, default))!.Version }, Is.Unique);
    }

    private static Task<MoveResult> NoteAsync(CasesBench bench, string id, string key, string request) => NoteAsync(bench.Desk, id, key, request);

    private static async Task<MoveResult> NoteAsync(CaseDesk desk, string id, string key, string request)
    {
        using var terms = desk.Under(new ChangeTerms { Once = new OnceKey(key, 0, request, _ => "answer " + request) });
        return await desk.NoteAsync(id, request, CasesBench.Ana, default);
    }
}
