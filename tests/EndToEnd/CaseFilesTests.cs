// SPDX-License-Identifier: Apache-2.0
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
