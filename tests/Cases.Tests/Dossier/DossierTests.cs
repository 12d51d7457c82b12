// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text;
using Detector.Cases.Dossier;
using Detector.Metering;

namespace Detector.Cases.Tests.Dossier;

public sealed class DossierTests
{
    private CasesBench _bench = null!;
    private string _id = null!;

    [SetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync();
        _id = await _bench.OpenInspectingAsync();
        await _bench.Desk.ConsiderAsync(CasesBench.Finding(meter: "b\\1"), default);
        await _bench.MoveAsync(_id, "confirm", CasesBench.Ana, "看到 200 台机器");
    }

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task A_dossier_remade_later_and_elsewhere_is_the_same_to_the_byte()
    {
        var first = await MakeAsync();
        _bench.Clock.Advance(TimeSpan.FromDays(3));
        await _bench.OpenCaseAsync("s-2");
        await using var other = await _bench.OpenDeskAsync();
        using var again = new MemoryStream();
        Assert.That(await new DossierWriter(other, new DossierSources { Readings = WriteReadingsAsync }).WriteAsync(_id, again, default), Is.True);
        Assert.That(again.ToArray(), Is.EqualTo(first));
    }

    [Test]
    public async Task An_untouched_dossier_is_intact_and_holds_what_it_should()
    {
        var file = _bench.Folder.In("dossier.zip");
        await File.WriteAllBytesAsync(file, await MakeAsync());
        Assert.That(DossierVerifier.Verify(file), Is.EqualTo(new DossierState(true, _id, 14, SignatureState.None, null)));
        await using var archive = await ZipFile.OpenReadAsync(file);
        Assert.That(archive.Entries.Select(e => e.FullName), Is.EqualTo(new[]
        {
            "README.txt", "SHA256SUMS", "audit.json", "case.json", "charts/b%5C1.svg", "charts/m-s-1.svg", "dossier.html", "dossier.pdf", "findings/0000000001.json", "findings/0000000005.json", "history.json",
            "measures.json", "readings/b%5C1.csv", "readings/m-s-1.csv",
        }));
    }

    [Test]
    public async Task Every_changed_byte_is_found()
    {
        var file = await MakeAsync();
        var random = new Random(20260402);
        for (var i = 0; i < 400; i++)
        {
            var changed = file.ToArray();
            var at = random.Next(changed.Length);
            changed[at] ^= (byte)(1 << random.Next(8));
            var state = DossierVerifier.Verify(changed);
            Assert.That(state.Intact, Is.False, $"byte {at}");
            Assert.That(state.FirstFault, Is.Not.Empty);
        }
    }

    [TestCase("case.json", "\"inspecting\"", "\"refuted\"")]
    [TestCase("history.json", "\"ana\"", "\"bob\"")]
    [TestCase("findings/0000000001.json", "0.97", "0.17")]
    [TestCase("audit.json", "triage", "inspec")]
    public async Task A_change_with_the_checksums_made_anew_is_found_by_the_chain(string name, string from, string to)
    {
        var entries = DossierFiles.Unpack(await MakeAsync());
        entries[name] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(entries[name]).Replace(from, to, StringComparison.Ordinal));
        entries[DossierFormat.Sums] = DossierFormat.SumsOf(entries);
        Assert.That(DossierVerifier.Verify(DossierFormat.Pack(entries)).FirstFault, Is.Not.Null);
    }

    [Test]
    public async Task The_first_mismatch_is_named()
    {
        var entries = DossierFiles.Unpack(await MakeAsync());
        entries["readings/m-s-1.csv"] = "nothing"u8.ToArray();
        Assert.That(DossierVerifier.Verify(DossierFormat.Pack(entries)).FirstFault, Is.EqualTo("readings/m-s-1.csv does not match its checksum."));
        entries.Remove("readings/m-s-1.csv");
        Assert.That(DossierVerifier.Verify(DossierFormat.Pack(entries)).FirstFault, Is.EqualTo("readings/m-s-1.csv is missing."));
        entries["extra.txt"] = [];
        Assert.That(DossierVerifier.Verify(DossierFormat.Pack(entries)).FirstFault, Is.EqualTo("extra.txt is not among the checksums."));
    }

    [Test]
    public void What_is_no_dossier_is_a_fault_and_no_exception()
    {
        var random = new Random(1);
        for (var length = 0; length < 200; length += 7)
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            Assert.That(DossierVerifier.Verify(bytes).FirstFault, Does.Contain("ZIP"));
        }
    }

    [Test]
    public async Task A_dossier_of_no_case_is_not_written()
    {
        using var output = new MemoryStream();
        Assert.That(await new DossierWriter(_bench.Desk).WriteAsync("c-99", output, default), Is.False);
        Assert.That(output.Length, Is.Zero);
    }

    private static async Task WriteReadingsAsync(MeterId meter, TimeRange range, Stream csv, CancellationToken cancel) =>
        await csv.WriteAsync(Encoding.UTF8.GetBytes($"timestamp_utc,value_kw\n{UtcText.Write(range.From)},12.5\n"), cancel);

    private async Task<byte[]> MakeAsync()
    {
        using var output = new MemoryStream();
        Assert.That(await new DossierWriter(_bench.Desk, new DossierSources { Readings = WriteReadingsAsync }).WriteAsync(_id, output, default), Is.True);
        return output.ToArray();
    }
}
