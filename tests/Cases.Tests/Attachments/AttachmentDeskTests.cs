// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Access;
using Detector.Cases.Attachments;
using Detector.Cases.Dossier;
using Detector.Cases.Stores;
using Detector.Cases.Tests.Dossier;

namespace Detector.Cases.Tests.Attachments;

public sealed class AttachmentDeskTests
{
    private static readonly byte[] Pdf = "%PDF-1.7\n1 0 obj"u8.ToArray();
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13];

    private CasesBench _bench = null!;
    private AttachmentDesk _attachments = null!;
    private string _id = null!;

    [SetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync(new CasesOptions { Attachments = new AttachmentOptions { LongestBytes = 4096, MostOfCase = 3, MostBytesOfCase = 9000 } });
        _attachments = new AttachmentDesk(_bench.Desk);
        _id = await _bench.OpenInspectingAsync();
    }

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task A_file_is_an_event_of_the_case_and_comes_back_to_the_byte()
    {
        var result = await AttachAsync("租约.pdf", Pdf);
        Assert.That(result.Outcome, Is.EqualTo(MoveOutcome.Recorded));
        var attachment = (await _attachments.OfAsync(_id, default))!.Single();
        Assert.That((attachment.Name, attachment.Type, attachment.Bytes, attachment.By), Is.EqualTo(("租约.pdf", "application/pdf", Pdf.Length, "ana")));
        Assert.That((await _attachments.ReadAsync(_id, attachment.Sequence, default))!.Value.Content, Is.EqualTo(Pdf));
        Assert.That(result.Case!.Events[^1], Has.Property(nameof(CaseEvent.Kind)).EqualTo(CaseEventKind.Attached));
        Assert.That((await _bench.EventsAsync())[^1].DataJson, Does.Contain(attachment.Sha256));
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
        Assert.That(await _attachments.ReadAsync("c-2", attachment.Sequence, default), Is.Null);
    }

    [TestCase("a.png", "%PDF-1.7", MoveOutcome.UnsupportedType)]
    [TestCase("a.pdf.exe", "%PDF-1.7", MoveOutcome.UnsupportedType)]
    [TestCase("a.pdf", "MZ\u0090", MoveOutcome.UnsupportedType)]
    [TestCase("a.txt", "<script>alert(1)</script>", MoveOutcome.UnsupportedType)]
    [TestCase("a.txt", " \n<svg onload=alert(1)>", MoveOutcome.UnsupportedType)]
    [TestCase("a.txt", "#!/bin/sh", MoveOutcome.UnsupportedType)]
    [TestCase("a.txt", "with\u0000zero", MoveOutcome.UnsupportedType)]
    [TestCase("a.txt", "", MoveOutcome.UnsupportedType)]
    [TestCase("../a.txt", "x", MoveOutcome.Invalid)]
    [TestCase("a\r\n.txt", "x", MoveOutcome.Invalid)]
    [TestCase(".txt", "x", MoveOutcome.Invalid)]
    [TestCase("", "x", MoveOutcome.Invalid)]
    [TestCase("lease\u202efdp.txt", "x", MoveOutcome.Invalid)]
    [TestCase("lease\ud800.txt", "x", MoveOutcome.Invalid)]
    [TestCase("a.TXT", "readings of 3 April", MoveOutcome.Recorded)]
    [TestCase("a.csv", "time,kw\n", MoveOutcome.Recorded)]
    public async Task The_content_decides_the_type_and_the_name_must_agree(string name, string content, MoveOutcome outcome)
    {
        var before = (await _bench.EventsAsync()).Count;
        Assert.That((await AttachAsync(name, Encoding.UTF8.GetBytes(content))).Outcome, Is.EqualTo(outcome));
        Assert.That((await _bench.EventsAsync()).Count - before, Is.EqualTo(outcome == MoveOutcome.Recorded ? 1 : 0));
    }

    [Test]
    public async Task Size_number_and_role_are_bounded_and_the_same_file_is_kept_once()
    {
        var longest = new byte[4096];
        Png.CopyTo(longest, 0);
        Assert.That((await AttachAsync("a.png", [.. longest, 0])).Outcome, Is.EqualTo(MoveOutcome.TooLarge));
        Assert.That((await AttachAsync("a.png", longest)).Outcome, Is.EqualTo(MoveOutcome.Recorded));
        Assert.That((await AttachAsync("a.png", longest)).Outcome, Is.EqualTo(MoveOutcome.Recorded));
        Assert.That((await _attachments.OfAsync(_id, default))!.Count, Is.EqualTo(1));
        await AttachAsync("b.png", longest);
        Assert.That((await AttachAsync("c.png", longest)).Text, Does.Contain("9000 bytes"), "two of 4096 leave no room for a third");
        await AttachAsync("c.pdf", Pdf);
        Assert.That((await AttachAsync("d.pdf", Pdf)).Outcome, Is.EqualTo(MoveOutcome.NotLegal));
        foreach (var role in new[] { Role.Auditor, Role.Admin })
        {
            Assert.That((await _attachments.AttachAsync(_id, "e.pdf", Pdf, new Actor("x", role), null, default)).Outcome, Is.EqualTo(MoveOutcome.Forbidden));
        }

        var other = await _bench.OpenRefutedAsync("s-2");
        foreach (var role in new[] { Role.Operator, Role.Supervisor, Role.Analyst })
        {
            Assert.That((await _attachments.AttachAsync(other, $"{role}.pdf", Pdf, new Actor("x", role), null, default)).Outcome, Is.EqualTo(MoveOutcome.Recorded), "a case that is over, too");
        }

        Assert.That((await _attachments.AttachAsync("c-99", "e.pdf", Pdf, CasesBench.Ana, null, default)).Outcome, Is.EqualTo(MoveOutcome.NotFound));
    }

    [TestCase("UPDATE attachments SET content = X'255044462D312E37' WHERE sequence = {0}", "is not what was attached")]
    [TestCase("DELETE FROM attachments WHERE sequence = {0}", "is gone")]
    [TestCase("INSERT INTO attachments VALUES (3, X'00')", "no event attached")]
    [TestCase("UPDATE attachments SET sequence = sequence + 1000", "is gone")]
    public async Task Tampering_with_a_file_is_found_and_located(string sql, string fault)
    {
        await AttachAsync("a.pdf", Pdf);
        var sequence = (await _attachments.OfAsync(_id, default))!.Single().Sequence;
        _bench.Tamper(string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, sequence));
        var found = (await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault!;
        Assert.That(found.Text, Does.Contain(fault));
        Assert.That(found.Sequence, Is.EqualTo(fault == "no event attached" ? 3 : sequence));
    }

    [Test]
    public async Task Any_of_a_hundred_changed_bytes_of_the_stored_files_is_found()
    {
        var content = new byte[2048];
        var random = new Random(20261128);
        random.NextBytes(content);
        Png.CopyTo(content, 0);
        await AttachAsync("a.png", content);
        var sequence = (await _attachments.OfAsync(_id, default))!.Single().Sequence;
        for (var i = 0; i < 100; i++)
        {
            var changed = content.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
            _bench.Tamper($"UPDATE attachments SET content = X'{Convert.ToHexString(changed)}'");
            Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault?.Sequence, Is.EqualTo(sequence));
            Assert.That(() => _attachments.ReadAsync(_id, sequence, default), Throws.InstanceOf<InvalidDataException>(), "what was tampered with is not handed out");
        }
    }

    [Test]
    public async Task The_dossier_holds_the_files_and_a_forged_one_is_found_though_its_checksums_fit()
    {
        await AttachAsync("a lease, signed.pdf", Pdf);
        await AttachAsync("readings.csv", "time,kw\n"u8.ToArray());
        using var file = new MemoryStream();
        await new DossierWriter(_bench.Desk).WriteAsync(_id, file, default);
        Assert.That(DossierVerifier.Verify(file.ToArray()).FirstFault, Is.Null);
        var entries = DossierFiles.Unpack(file.ToArray());
        var names = entries.Keys.Where(n => n.StartsWith("attachments/", StringComparison.Ordinal)).ToArray();
        Assert.That(names, Is.EqualTo(new[] { "attachments/0000000005.pdf", "attachments/0000000006.csv" }));

        Assert.That(Forge(entries, e => e[names[0]] = "%PDF-1.8"u8.ToArray()), Is.EqualTo($"{names[0]} is not what the audit chain says."));
        Assert.That(Forge(entries, e => e.Remove(names[1])), Is.EqualTo($"{names[1]} is missing."));
        Assert.That(Forge(entries, e => e["attachments/0000000009.txt"] = [1]), Is.EqualTo("attachments/0000000009.txt was attached by no event."));
    }

    [Test]
    public async Task A_backup_holds_the_files()
    {
        await AttachAsync("a.pdf", Pdf);
        await AttachAsync("b.png", Png);
        var file = _bench.Folder.In("copy");
        Assert.That((await Backup.SaveAsync(_bench.Desk, file, default)).Audit.Intact, Is.True);
        await using var fresh = await CasesBench.OpenAsync();
        Assert.That((await Backup.RestoreAsync(fresh.Desk, file, default)).Audit.Intact, Is.True);
        var restored = new AttachmentDesk(fresh.Desk);
        var second = (await restored.OfAsync(_id, default))![1];
        Assert.That((await restored.ReadAsync(_id, second.Sequence, default))!.Value.Content, Is.EqualTo(Png));
    }

    private static string? Forge(SortedDictionary<string, byte[]> original, Action<SortedDictionary<string, byte[]>> change)
    {
        var entries = DossierFormat.NewEntries();
        foreach (var (name, bytes) in original)
        {
            entries[name] = bytes;
        }

        change(entries);
        entries[DossierFormat.Sums] = DossierFormat.SumsOf(entries);
        return DossierVerifier.Verify(DossierFormat.Pack(entries)).FirstFault;
    }

    private Task<MoveResult> AttachAsync(string name, byte[] content) => _attachments.AttachAsync(_id, name, content, CasesBench.Ana, "found", default);
}
