// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Detector.Access;
using Detector.Cases;
using Detector.Cases.Attachments;
using Detector.Metering;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.EndToEnd;

/// <summary>What the command line gives of a case: its files, on a data folder whose service is not running.</summary>
public sealed class CaseFilesTests
{
    private TemporaryFolder _data = null!;

    [SetUp]
    public async Task MakeCase()
    {
        _data = new TemporaryFolder();
        await using var desk = await CaseDesk.OpenAsync(new CasesOptions(), _data.Path, TimeProvider.System, NullLoggerFactory.Instance, default);
        var to = new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.Zero);
        await desk.ConsiderAsync(
            new Finding
            {
                Meter = MeterId.Of("m-1"),
                Site = "s-1",
                Verdict = Verdict.Case,
                Probability = 0.97,
                Window = new TimeRange(to.AddDays(-91), to),
                CadenceSeconds = 900,
                Coverage = 1,
                Model = "hashrate/1",
            },
            default);
        Assert.That((await new AttachmentDesk(desk).AttachAsync("c-1", "租约.pdf", "%PDF-1.7"u8.ToArray(), new Actor("ana", Role.Operator), null, default)).Succeeded, Is.True);
    }

    [Test]
    public async Task A_dossier_that_has_to_leave_parts_out_is_not_a_success()
    {
        var file = _data.In("c-1.zip");
        await using (await DetectorProcess.ServeAsync(_data.Path, ServerProcess.FreePort(), ServerProcess.FreePort()))
        {
            var beside = await DetectorProcess.RunAsync(["cases", "dossier", "c-1", "--out", file, "--data", _data.Path]);
            Assert.That((beside.Code, beside.Output.Trim()), Is.EqualTo((1, file)));
            Assert.That(beside.Error, Does.Contain("Readings, charts and money are left out").And.Contain("stop it").And.Contain("/api/v1/cases/c-1/dossier"));
        }

        Assert.That((await DetectorProcess.RunAsync(["cases", "dossier", "c-1", "--out", file, "--data", _data.Path])).Code, Is.Zero);
    }

    [Test]
    public async Task A_dossier_is_signed_by_the_key_configured_and_checked_without_the_data()
    {
        using var key = RSA.Create(3072);
        var (secret, shown, file) = (_data.In("private.pem"), _data.In("public.pem"), _data.In("c-1.zip"));
        await File.WriteAllTextAsync(secret, key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(shown, key.ExportSubjectPublicKeyInfoPem());
        var settings = new Dictionary<string, string> { ["DETECTOR__Cases__Dossier__SigningKey"] = secret };
        var made = await DetectorProcess.RunAsync(["cases", "dossier", "c-1", "--out", file, "--data", _data.Path], settings);
        Assert.That((made.Code, made.Error), Is.EqualTo((0, string.Empty)));
        using (var archive = await ZipFile.OpenReadAsync(file))
        {
            Assert.That(archive.Entries.Select(e => e.FullName), Has.Member("dossier.html").And.Member("dossier.pdf").And.Member("models/hashrate%2F1/card.md").And.Member("models/hashrate%2F1/calibration.json").And.Member("readings/m-1.csv"));
        }

        var verified = await DetectorProcess.RunAsync(["cases", "verify", file, "--public-key", shown]);
        Assert.That((verified.Code, verified.Output), Is.EqualTo((0, $"{file}: intact, case c-1, 14 entries, signed by the key given\n")));
        Assert.That((await DetectorProcess.RunAsync(["cases", "verify", file])).Output, Does.Contain("by whom was not checked"));
        Assert.That((await DetectorProcess.RunAsync(["cases", "verify", file, "--public-key", file])).Code, Is.EqualTo(2));
        settings["DETECTOR__Cases__Dossier__SigningKey"] = shown;
        var refused = await DetectorProcess.RunAsync(["cases", "dossier", "c-1", "--out", file, "--data", _data.Path], settings);
        Assert.That((refused.Code, refused.Error), Is.EqualTo((2, $"Cases:Dossier:SigningKey cannot be used: {shown} holds a public key; signing needs the private one.\n")));
        await using var changed = File.OpenWrite(file);
        changed.Position = 200;
        changed.WriteByte(0);
        await changed.DisposeAsync();
        Assert.That((await DetectorProcess.RunAsync(["cases", "verify", file, "--public-key", shown])).Code, Is.EqualTo(1));
    }

    [Test]
    public async Task A_list_is_written_whole_as_the_ending_of_its_file_says()
    {
        var file = _data.In("projects.xlsx");
        var made = await DetectorProcess.RunAsync(["cases", "projects", "--out", file, "--data", _data.Path]);
        Assert.That((made.Code, made.Output), Is.EqualTo((0, file + "\n")), made.Error);
        await using (var book = await ZipFile.OpenReadAsync(file))
        {
            Assert.That(book.Entries.Select(e => e.FullName), Has.Member("xl/workbook.xml").And.Member("xl/worksheets/sheet1.xml"));
        }

        Assert.That((await DetectorProcess.RunAsync(["cases", "coverage", "--out", _data.In("coverage.csv"), "--data", _data.Path])).Code, Is.Zero);
        Assert.That(await File.ReadAllTextAsync(_data.In("coverage.csv")), Does.StartWith("site,meter,name,").And.Contain("s-1,m-1,"));
        var print = _data.In("projects.pdf");
        Assert.That((await DetectorProcess.RunAsync(["cases", "projects", "--as-of", "2100-01-01T00:00:00Z", "--out", print, "--data", _data.Path])).Code, Is.Zero);
        Assert.That((await File.ReadAllBytesAsync(print))[..5], Is.EqualTo("%PDF-"u8.ToArray()));
        Assert.That((await DetectorProcess.RunAsync(["cases", "projects", "--out", _data.In("projects.doc"), "--data", _data.Path])).Code, Is.EqualTo(2));
    }

    [TearDown]
    public void Clear() => _data.Dispose();

    [Test]
    public async Task The_files_of_a_case_are_listed_and_written_out()
    {
        var folder = _data.In("files");
        var listed = await DetectorProcess.RunAsync(["cases", "attachments", "c-1", "--out", folder, "--format", "json", "--data", _data.Path]);
        Assert.That(listed.Code, Is.Zero, listed.Error);
        using var json = JsonDocument.Parse(listed.Output);
        var file = json.RootElement[0];
        Assert.That((file.GetProperty("name").GetString(), file.GetProperty("type").GetString()), Is.EqualTo(("租约.pdf", "application/pdf")));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder, "0000000003.pdf")), Is.EqualTo("%PDF-1.7"));
        Assert.That((await DetectorProcess.RunAsync(["cases", "attachments", "c-9", "--data", _data.Path])).Code, Is.EqualTo(2));
    }
}
