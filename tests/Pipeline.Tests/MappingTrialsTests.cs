// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Json;
using Detector.Codecs;
using Detector.Testing;

namespace Detector.Pipeline.Tests;

/// <summary>Mappings tried on dead letters: what is said of each, and that nothing else happens.</summary>
[NonParallelizable]
internal sealed class MappingTrialsTests
{
    private static readonly DateTimeOffset Arrived = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly MappingTrials Trials = new(
        TopicMapping.Defaults(), new Dictionary<string, TopicMapping>(), text => JsonSerializer.Deserialize<TopicMapping>(text)!, () => [], new SourceOptions(), TimeProvider.System);

    [Test]
    public void The_mappings_in_force_say_why_they_do_not_read_it_and_a_better_one_reads_it()
    {
        using var counted = new Counted("Detector.Codecs", "codec");
        var letter = Letter("plant/7/state", """{"ts":"2026-03-01T08:00:00Z","Leistung":41500}""");
        var now = Trials.Try(letter, null);
        Assert.That(now.IsDecoded, Is.False);
        Assert.That(now.Rejection, Does.StartWith("No mapping fits the topic 'plant/7/state'"));

        var better = Trials.Try(letter, """{ "Topic": "plant/{meter}/state", "Codec": "json", "Keys": { "Leistung": { "Unit": "W" } } }""");
        Assert.That((better.IsDecoded, better.Count, better.Readings.Single().Meter.Value, better.Readings.Single().PowerKilowatts), Is.EqualTo((true, 1, "7", 41.5)));
        Assert.That((counted["detector.codecs.decoded:json"], counted["detector.codecs.rejected:none"]), Is.EqualTo((0L, 0L)), "a trial is in no metric");
    }

    [TestCase("""{ "Topic": "plant/{meter}/state", "Codec": "morse" }""", "Codec is 'morse'")]
    [TestCase("""{ "Topic": """, "")]
    public void A_mapping_that_cannot_be_used_is_told_and_nothing_is_decoded(string mapping, string fault)
    {
        var trial = Trials.Try(Letter("plant/7/state", "{}"), mapping);
        Assert.That((trial.IsDecoded, trial.Readings.Count), Is.EqualTo((false, 0)));
        Assert.That(trial.Faults, Has.Some.StartsWith(fault));
    }

    [Test]
    public void A_mapping_that_is_too_long_is_not_read()
    {
        var trial = Trials.Try(Letter("a", "1"), new string(' ', IMappingTrials.LongestMapping + 1));
        Assert.That(trial.Faults.Single(), Does.StartWith("A mapping has at most"));
    }

    [Test]
    public void Of_many_readings_the_first_are_shown_and_all_counted()
    {
        var payload = "[" + string.Join(',', Enumerable.Range(0, 30).Select(i => $$"""{"ts":{{1_772_352_000 + (900 * i)}},"kw":{{i}}}""")) + "]";
        var trial = Trials.Try(Letter("meters/m-1", payload), null);
        Assert.That((trial.Count, trial.Readings.Count), Is.EqualTo((30, MappingTrial.MostReadings)));
    }

    [TestCase("shellies/plug-1/status/switch:0")]
    [TestCase("a \"quoted\" topic")]
    public void The_draft_is_a_mapping_that_can_be_read(string topic)
    {
        var letter = Letter(topic, "{}");
        Assert.That(() => JsonDocument.Parse(Trials.Draft(letter)), Throws.Nothing);
    }

    private static DeadLetter Letter(string topic, string payload) => new(1, 1, Arrived, topic, Encoding.UTF8.GetBytes(payload), "It did not decode.", "no_mapping", 0, "open");
}
