// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text;
using Detector.Metering;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Pipeline.Tests.Register;

/// <summary>A register that changes while the service runs: by the clock, by a call, by hand; never by a faulty file.</summary>
internal sealed class RegisterFileTests
{
    private const string Before = "meter,site\nm-1,mill\nm-2,mill\nm-3,depot\n";
    private const string After = "meter,site,valid_from,valid_to\nm-1,mill,,2026-03-01\nm-1,hall,2026-03-01,\nm-2,mill,,\nm-4,hall,,\n";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 2, 28, 23, 0, 0, TimeSpan.Zero));
    private TemporaryFolder _folder = null!;
    private RegistryHolder _holder = null!;
    private RegisterFile _register = null!;

    private string FilePath => _folder.In("sites.csv");

    [SetUp]
    public void Open()
    {
        _folder = new TemporaryFolder();
        _holder = new RegistryHolder(SiteRegistry.Empty, _clock);
        _register = new RegisterFile(FilePath, new RegisterVersions(_folder.In(RegisterVersions.FolderName)), _holder, _clock, NullLogger<RegisterFile>.Instance);
    }

    [TearDown]
    public void Close()
    {
        _register.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task What_a_new_register_changes_is_said_and_every_one_is_kept()
    {
        var first = await PutAsync(Before);
        var tried = await PutAsync(After, tryOnly: true);
        Assert.That((await File.ReadAllTextAsync(FilePath), _holder.Current.Meters.Count, _register.Versions.Count), Is.EqualTo((Before, 3, 1)));
        var second = await PutAsync(After);

        Assert.That((first.Change!.Added, first.Version!.By, first.Version.Meters), Is.EqualTo((3, "root", 3)));
        Assert.That(second.Change!.Meters.Select(m => $"{m.Meter} {m.Change}: {string.Join(' ', m.Before)} > {string.Join(' ', m.After)}"), Is.EqualTo(new[]
        {
            "m-1 moved: mill > mill hall", "m-3 removed: depot > ", "m-4 added:  > hall",
        }));
        Assert.That(tried.Change!.Meters.Select(m => m.Change), Is.EqualTo(second.Change.Meters.Select(m => m.Change)));
        Assert.That(await File.ReadAllTextAsync(FilePath), Is.EqualTo(After));
        Assert.That(_register.Versions.Select(v => v.Rows), Is.EqualTo(new[] { 3, 4 }));
        await using var packed = new GZipStream(File.OpenRead(Path.Combine(_folder.In(RegisterVersions.FolderName), _register.Versions[0].File)), CompressionMode.Decompress);
        using var text = new StreamReader(packed);
        Assert.That(await text.ReadToEndAsync(), Is.EqualTo(Before));
    }

    [Test]
    public async Task A_row_comes_into_force_by_the_clock()
    {
        await PutAsync(After);
        var before = _holder.Current;
        Assert.That((before.Of(MeterId.Of("m-1")).Site, before), Is.EqualTo(("mill", _holder.Current)), "the same object until something changes");
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.That(_holder.Current.Of(MeterId.Of("m-1")).Site, Is.EqualTo("hall"));
        var after = _holder.Current;
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.That(_holder.Current, Is.SameAs(after));
    }

    [Test]
    public async Task A_faulty_register_changes_nothing_and_its_faults_are_named()
    {
        await PutAsync(Before);
        using var counted = new Counted("Detector.Pipeline", "outcome");
        var answer = await PutAsync("meter,site,contracted_kw\nm-1,mill,much\n");
        Assert.That((counted["detector.registry.changes:refused"], counted["detector.registry.changes:taken"]), Is.EqualTo((1L, 0L)));
        Assert.That(answer.Faults.Single(), Does.StartWith("line 2, column contracted_kw: 'much'"));
        Assert.That((answer.Change, await File.ReadAllTextAsync(FilePath), _holder.Current.Meters.Count, Directory.GetFiles(_folder.Path).Length), Is.EqualTo(((RegisterChange?)null, Before, 3, 1)));
    }

    [Test]
    public async Task Of_two_who_change_the_same_version_the_second_is_told()
    {
        var version = (await PutAsync(Before)).Version!.Sha256;
        Assert.That((await PutAsync(After, expected: version)).Change, Is.Not.Null);
        var late = await PutAsync("meter\nm-9\n", expected: version);
        Assert.That((late.Change, late.Faults.Count, late.Version!.Sha256 == version, _holder.Current.TryGet(MeterId.Of("m-9"), out _)), Is.EqualTo(((RegisterChange?)null, 0, false, false)));
    }

    [Test]
    public async Task A_file_edited_by_hand_is_taken_once_it_is_left_alone()
    {
        await PutAsync(Before);
        Assert.That(await _register.RefreshAsync(default), Is.False, "its own change is known");
        await WriteAsync(After, 1);
        Assert.That((await _register.RefreshAsync(default), _holder.Current.Meters.Count), Is.EqualTo((false, 3)), "it may be in the middle of being written");
        Assert.That((await _register.RefreshAsync(default), _holder.Current.RowsOf(MeterId.Of("m-1")).Count), Is.EqualTo((true, 2)));
        Assert.That((_register.Versions[^1].By, await _register.RefreshAsync(default)), Is.EqualTo((RegisterVersions.ByHand, false)));

        await WriteAsync("meter,site\nm-1,\"mill\n", 2);
        await _register.RefreshAsync(default);
        Assert.That((await _register.RefreshAsync(default), _holder.Current.RowsOf(MeterId.Of("m-1")).Count, _register.Versions.Count), Is.EqualTo((false, 2, 2)), "a faulty one is not");
    }

    [Test]
    public async Task A_register_that_was_there_at_the_start_is_kept_and_one_that_comes_later_is_taken()
    {
        Assert.That(await _register.RefreshAsync(default), Is.False);
        await WriteAsync(Before, 1);
        await _register.RefreshAsync(default);
        Assert.That((await _register.RefreshAsync(default), _holder.Current.Meters.Count), Is.EqualTo((true, 3)));

        using var next = new RegisterFile(FilePath, new RegisterVersions(_folder.In("other")), _holder, _clock, NullLogger<RegisterFile>.Instance);
        Assert.That((await next.RefreshAsync(default), next.Versions.Count), Is.EqualTo((true, 1)));
    }

    [Test]
    public async Task What_another_process_puts_is_taken_and_kept_once()
    {
        await PutAsync(Before);
        using (var other = new RegisterFile(
            FilePath, new RegisterVersions(_folder.In(RegisterVersions.FolderName)), new RegistryHolder(_holder.Current, _clock), _clock, NullLogger<RegisterFile>.Instance))
        {
            using var body = new MemoryStream(Encoding.UTF8.GetBytes(After));
            await other.PutAsync(body, "wang.li", expected: null, tryOnly: false, default);
        }

        await _register.RefreshAsync(default);
        Assert.That((await _register.RefreshAsync(default), _holder.Current.RowsOf(MeterId.Of("m-1")).Count), Is.EqualTo((true, 2)));
        Assert.That(_register.Versions.Select(v => v.By), Is.EqualTo(new[] { "root", "wang.li" }));
    }

    private async Task<RegisterAnswer> PutAsync(string csv, string? expected = null, bool tryOnly = false)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        return await _register.PutAsync(body, "root", expected, tryOnly, default);
    }

    // Two changes within the file system's resolution would be one.
    private async Task WriteAsync(string csv, int minute)
    {
        await File.WriteAllTextAsync(FilePath, csv);
        File.SetLastWriteTimeUtc(FilePath, new DateTime(2026, 2, 28, 23, minute, 0, DateTimeKind.Utc));
    }

    [Test]
    public async Task A_line_that_a_power_cut_left_half_written_is_passed_over_and_swallows_nothing()
    {
        await PutAsync(Before);
        var list = Directory.GetFiles(_folder.In(RegisterVersions.FolderName), "*.jsonl").Single();
        await File.AppendAllTextAsync(list, "{\"at\":\"2026-01-0");
        Assert.That(_register.Versions, Has.Count.EqualTo(1));
        await PutAsync(After);
        Assert.That((_register.Versions.Count, _register.Version!.By, _holder.Current.RowsOf(MeterId.Of("m-1")).Count), Is.EqualTo((2, "root", 2)));
    }

    [Test]
    public async Task A_register_that_could_not_be_read_is_taken_once_it_can()
    {
        await PutAsync(Before);
        await WriteAsync(After, 1);
        await _register.RefreshAsync(default);
        await using (new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.None))
        {
            Assert.That(await _register.RefreshAsync(default), Is.False, "somebody holds it");
        }

        Assert.That((await _register.RefreshAsync(default), _holder.Current.RowsOf(MeterId.Of("m-1")).Count), Is.EqualTo((true, 2)));
    }
}
