// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs;
using Detector.Testing;
using Microsoft.Data.Sqlite;

namespace Detector.Pipeline.Tests;

/// <summary>What codecs remember of sources moves with the relay's position.</summary>
internal sealed class SourceMemoryTests
{
    private const string BirthTopic = "spBv1.0/plant/NBIRTH/gateway";
    private const string DataTopic = "spBv1.0/plant/NDATA/gateway";

    [Test]
    public async Task Data_before_its_birth_is_a_dead_letter_and_is_read_when_the_birth_has_come()
    {
        await using var bench = await RelayBench.OpenAsync(decoder: Sparkplug());
        await bench.ArriveAsync(DataTopic, Example("rejected_unborn"));
        await bench.DrainAsync();
        var letter = bench.Parts.DeadLetters.List(0, 10).Single();
        await bench.ArriveAsync(BirthTopic, Example("node_birth"));
        await bench.DrainAsync();
        var replayed = await bench.Parts.DeadLetters.ReplayAsync(null, CancellationToken.None);
        Assert.Multiple(() =>
        {
            Assert.That(letter.Kind, Is.EqualTo("no_birth"));
            Assert.That(replayed, Is.EqualTo(new ReplayOutcome(1, 0, 1)));
            Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(2, 2, 0, 0, 0, 0)));
        });
    }

    [Test]
    public async Task Birth_is_known_after_a_restart()
    {
        await using var bench = await RelayBench.OpenAsync(decoder: Sparkplug());
        await bench.ArriveAsync(BirthTopic, Example("node_birth"));
        await bench.DrainAsync();
        await bench.RestartAsync(decoder: Sparkplug());
        await bench.ArriveAsync(DataTopic, Example("rejected_unborn"));
        await bench.DrainAsync();
        Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(2, 2, 0, 0, 0, 0)));
    }

    [Test]
    public async Task Message_that_is_passed_over_leaves_the_account()
    {
        await using var bench = await RelayBench.OpenAsync(decoder: Sparkplug());
        await bench.ArriveAsync("spBv1.0/plant/NDEATH/gateway", Example("death"));
        var before = bench.Parts.Relay.Snapshot();
        await bench.DrainAsync();
        Assert.That(before, Is.EqualTo(new LedgerSnapshot(1, 0, 0, 0, 0, 1)));
        Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(0, 0, 0, 0, 0, 0)));
    }

    [Test]
    public async Task Book_of_the_first_schema_is_taken_over_with_its_account()
    {
        await using var bench = await RelayBench.OpenAsync();
        await bench.ArriveAsync("meters/m-1", "{");
        await bench.DrainAsync();
        await bench.RestartAsync(beforeOpening: folder =>
        {
            using var book = new SqliteConnection($"Data Source={Path.Combine(folder, PipelineRegistration.BookName)};Pooling=False");
            book.Open();
            using var command = book.CreateCommand();
            command.CommandText = "DROP TABLE sources; DROP INDEX quarantine_state; ALTER TABLE quarantine DROP COLUMN meter; ALTER TABLE quarantine DROP COLUMN state; ALTER TABLE quarantine DROP COLUMN asked_by; PRAGMA user_version = 1";
            command.ExecuteNonQuery();
        });
        Assert.That(bench.Parts.Relay.Snapshot(), Is.EqualTo(new LedgerSnapshot(1, 0, 0, 0, 1, 0)));
    }

    private static MessageDecoder Sparkplug() => new(CodecCatalog.Default(), [new TopicMapping { Profile = "sparkplug-b" }]);

    private static byte[] Example(string name) => File.ReadAllBytes(Path.Combine(Requires.Repository(), "src", "Codecs", "SparkplugB", "examples", $"{name}.in"));
}
