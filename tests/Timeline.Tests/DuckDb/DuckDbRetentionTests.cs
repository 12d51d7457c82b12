// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;
using Detector.Timeline.DuckDb;
using Detector.Timeline.Tests.Contracts;
using DuckDB.NET.Data;

namespace Detector.Timeline.Tests.DuckDb;

/// <summary>Retention in a file, where a batch of meters is one transaction.</summary>
[TestFixture]
internal sealed class DuckDbRetentionTests : RetentionContract
{
    private TemporaryFolder _folder = null!;

    protected override TimelineOptions Fresh()
    {
        _folder = new TemporaryFolder();
        return At("timeline.duckdb");
    }

    [TearDown]
    public async Task Remove()
    {
        await Timeline.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task A_file_of_format_2_is_brought_forward_and_nothing_of_it_has_expired()
    {
        var options = At("old.duckdb");
        using (var connection = new DuckDBConnection("Data Source=" + options.DuckDb.File))
        {
            await connection.OpenAsync();
            DuckDbSchema.Migrate(connection, target: 2);
            connection.Run("INSERT INTO meters VALUES (1, 'm-1')");
            connection.Run("INSERT INTO readings VALUES (1, TIMESTAMP '2026-01-05 00:00:00', 4.5, NULL, NULL, NULL, NULL, NULL, 1, NULL, 0, 77, 3)");
        }

        await using var timeline = await OpenAsync(options);
        Assert.That(await timeline.CountAsync(CancellationToken.None), Is.EqualTo(1));
        Assert.That(await timeline.Retention!.ExpiredAsync(CancellationToken.None), Is.Zero);
        Assert.That((await timeline.WriteAsync(new[] { Quarter("m-1", -1, 9) }, CancellationToken.None)).Results, Is.EqualTo(new[] { WriteResult.Stored }));
    }

    private TimelineOptions At(string file) => new() { DuckDb = { File = _folder.In(file) } };
}
