// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;
using Detector.Timeline.DuckDb;
using Detector.Timeline.Tests.Contracts;
using DuckDB.NET.Data;

namespace Detector.Timeline.Tests.DuckDb;

[TestFixture]
internal sealed class DuckDbTimelineTests : TimelineContract
{
    private TemporaryFolder _folder = null!;
    private TimelineOptions _opened = null!;

    protected override Task<TimelineOptions> FreshAsync()
    {
        _folder = new TemporaryFolder();
        _opened = At(_folder.In("deep", "timeline.duckdb"));
        return Task.FromResult(_opened);
    }

    [TearDown]
    public async Task Remove()
    {
        await Timeline.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task What_was_called_stored_is_in_the_files_without_a_clean_end()
    {
        await WriteAsync([.. Enumerable.Range(0, 12_000).Select(i => Arrived("m-1", i, i, i + 1))]);
        await WriteAsync(Arrived("m-2", 0, 5, 20_000));
        Directory.CreateDirectory(_folder.In("copy"));
        foreach (var file in Directory.GetFiles(_folder.In("deep")))
        {
            File.Copy(file, _folder.In("copy", Path.GetFileName(file)));
        }

        await using var copy = await OpenAsync(At(_folder.In("copy", "timeline.duckdb")));
        var count = await copy.CountAsync(CancellationToken.None);
        var again = await copy.WriteAsync(new[] { Arrived("m-2", 0, 5, 20_000), Arrived("m-1", 11_999, 1, 30_000) }, CancellationToken.None);

        Assert.That(count, Is.EqualTo(12_001));
        Assert.That(again.Results, Is.EqualTo(new[] { WriteResult.Stored, WriteResult.Conflict }));
    }

    [Test]
    public async Task A_file_of_format_1_is_brought_to_the_current_one_with_its_readings()
    {
        var options = At(_folder.In("old.duckdb"));
        using (var connection = new DuckDBConnection("Data Source=" + options.DuckDb.File))
        {
            await connection.OpenAsync();
            DuckDbSchema.Migrate(connection, target: 1);
            connection.Run("INSERT INTO meters VALUES (1, 'm-1')");
            connection.Run("INSERT INTO readings VALUES (1, TIMESTAMP '2026-01-05 00:00:00', 4.5, NULL, NULL, NULL, NULL, NULL, 1, NULL, 0, 77, 3)");
        }

        await using var timeline = await OpenAsync(options);
        var again = await timeline.WriteAsync(new[] { Arrived("m-1", 0, 4.5, 77, 3), Arrived("m-1", 0, 4.5, 78) }, CancellationToken.None);
        await timeline.DisposeAsync();
        using var after = new DuckDBConnection("Data Source=" + options.DuckDb.File);
        await after.OpenAsync();

        Assert.That(again.Results, Is.EqualTo(new[] { WriteResult.Stored, WriteResult.Duplicate }));
        Assert.That(after.Scalar("SELECT max(version) FROM schema_version"), Is.EqualTo(DuckDbSchema.Current));
        Assert.That(after.Scalar("SELECT meter || ' ' || kw FROM readings_by_name"), Is.EqualTo("m-1 4.5"));
    }

    [Test]
    public void A_file_of_a_newer_format_is_left_alone()
    {
        var options = At(_folder.In("new.duckdb"));
        using (var connection = new DuckDBConnection("Data Source=" + options.DuckDb.File))
        {
            connection.Open();
            DuckDbSchema.Migrate(connection, DuckDbSchema.Current);
            connection.Run("INSERT INTO schema_version VALUES (999, TIMESTAMP '2026-01-05 00:00:00')");
        }

        Assert.That(() => OpenAsync(options), Throws.TypeOf<TimelineConfigurationException>().With.Message.Contains("format 999"));
    }

    [Test]
    public async Task A_file_that_is_no_store_is_unavailable_and_says_so()
    {
        await File.WriteAllTextAsync(_folder.In("text.duckdb"), new string('x', 20_000));
        await Assert.ThatAsync(() => OpenAsync(At(_folder.In("text.duckdb"))), Throws.TypeOf<TimelineUnavailableException>());
    }

    [Test]
    public async Task After_the_end_nothing_is_taken()
    {
        await Timeline.DisposeAsync();
        await Assert.ThatAsync(() => Timeline.WriteAsync(new[] { Arrived("m-1", 0, 1, 1) }, CancellationToken.None), Throws.InstanceOf<ObjectDisposedException>());
    }

    private static TimelineOptions At(string file) => new() { DuckDb = { File = file } };
}
