// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;
using System.Text;
using Detector.Metering;

namespace Detector.Codecs;

internal sealed class MessageDecoderTests
{
    private readonly ReadingBuffer _readings = new();

    [SetUp]
    public void Clear() => _readings.Clear();

    [Test]
    public void Topic_names_the_meter()
    {
        Assert.That(Bench.One("{\"ts\":\"2026-01-01T00:00:00Z\",\"kw\":12.34}"), Is.EqualTo(new Reading(MeterId.Of("m-1"), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) { PowerKilowatts = 12.34 }));
    }

    [TestCase("meters/m-1/a/b")]
    [TestCase("meters")]
    [TestCase("other/m-1")]
    [TestCase("")]
    public void Topic_that_no_mapping_fits_is_rejected_with_the_mappings_named(string topic)
    {
        var result = Bench.Decoder.Decode(Encoding.UTF8.GetBytes(topic), "{}"u8, Bench.Arrival, _readings);
        Assert.That(result.Kind, Is.EqualTo(RejectKind.NoMapping));
        Assert.That(result.Reason, Does.Contain("meters/{meter}"));
    }

    [Test]
    public void Topic_with_an_empty_meter_is_rejected() =>
        Assert.That(Bench.Decoder.Decode("meters/"u8, "{\"kw\":1}"u8, Bench.Arrival, _readings).Kind, Is.EqualTo(RejectKind.BadMeter));

    [Test]
    public void Reading_without_time_takes_its_arrival_and_is_flagged()
    {
        var reading = Bench.One("{\"kw\":1}");
        Assert.That(reading.Time, Is.EqualTo(Bench.Arrival));
        Assert.That(reading.Quality, Is.EqualTo(QualityFlags.ArrivalTime));
    }

    [Test]
    public void Filters_and_topics_follow_the_mappings()
    {
        Assert.That(Bench.Decoder.TopicFilters, Is.EqualTo(new[] { "meters/+", "influx/+", "meters/+/+" }));
        Assert.That(Bench.Decoder.TopicFor(MeterId.Of("m-9"), "json"), Is.EqualTo("meters/m-9"));
        Assert.That(Bench.Decoder.TopicFor(MeterId.Of("m-9"), "line-protocol"), Is.EqualTo("influx/replay"));
        Assert.That(() => Bench.Decoder.TopicFor(MeterId.Of("m-9"), "morse"), Throws.ArgumentException);
    }

    [Test]
    public void Mapping_gives_keys_unit_kind_interval_and_meter()
    {
        var decoder = Decoder(new TopicMapping
        {
            Topic = "plant/{line}/energy",
            Unit = "MW",
            Keys = new() { ["blind"] = "var" },
            Kind = "interval_mean",
            IntervalSeconds = 60,
            TimeKey = "t",
            TimePrecision = "ms",
            MeterTag = "id",
        });
        var result = decoder.Decode("plant/7/energy"u8, "{\"t\":1000,\"value\":2,\"blind\":500,\"id\":\"x\"}"u8, Bench.Arrival, _readings);
        Assert.That(result.IsDecoded, Is.True, result.ToString());
        Assert.That(_readings[0], Is.EqualTo(new Reading(MeterId.Of("x"), DateTimeOffset.UnixEpoch.AddSeconds(1))
        {
            PowerKilowatts = 2000,
            ReactiveKilovars = 0.5,
            Kind = ReadingKind.IntervalMean,
            Interval = TimeSpan.FromMinutes(1),
        }));
    }

    [Test]
    public void Line_protocol_honours_the_precision_of_its_mapping()
    {
        var decoder = Decoder(new TopicMapping { Topic = "l/{meter}", Codec = "line-protocol", TimePrecision = "s" });
        decoder.Decode("l/m"u8, "p w=5 60"u8, Bench.Arrival, _readings);
        Assert.That(_readings[0].Time, Is.EqualTo(DateTimeOffset.UnixEpoch.AddMinutes(1)));
        Assert.That(_readings[0].Meter.Value, Is.EqualTo("m"));
    }

    [Test]
    public void Faults_of_mappings_are_reported_all_at_once_by_member()
    {
        var faulty = new TopicMapping { Topic = "a/#/b", Codec = "morse", Unit = "mW", Kind = "sometimes", IntervalSeconds = -1, TimePrecision = "min", Keys = new() { ["p"] = "horses" } };
        Assert.That(
            () => Decoder(faulty, new TopicMapping { Topic = "x/{meter}" }, new TopicMapping { Topic = "x/{other}" }),
            Throws.ArgumentException.With.Message.Contains("Mappings:0:Topic").And.Message.Contains("Mappings:0:Codec is 'morse'; the codecs are json, line-protocol")
                .And.Message.Contains("Mappings:0:Unit is 'mW'").And.Message.Contains("Mappings:0:Kind").And.Message.Contains("Mappings:0:IntervalSeconds")
                .And.Message.Contains("Mappings:0:TimePrecision").And.Message.Contains("Mappings:0:Keys:p").And.Message.Contains("Mappings:2:Topic"));
    }

    [Test]
    public void Catalogue_refuses_a_second_codec_of_a_name()
    {
        var catalog = CodecCatalog.Default();
        Assert.That(() => catalog.Add(Bench.Codec("json")), Throws.ArgumentException);
    }

    [Test]
    public void Decoded_and_rejected_messages_are_counted_by_codec_and_kind()
    {
        var seen = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "Detector.Codecs")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(t => t.Value))}"));
        listener.Start();
        Bench.Json("[{\"kw\":1},{\"kw\":2}]", _readings);
        Bench.Json("[]", _readings);
        Bench.Decode("tasmota", "{\"Time\":\"2026-01-01T00:00:00\"}"u8, _readings);
        Assert.That(seen, Is.SupersetOf(new[] { "detector.codecs.decoded 1 json", "detector.codecs.readings 2 json", "detector.codecs.rejected 1 json Empty", "detector.codecs.passed_over 1 tasmota" }));
    }

    [Test]
    public void Numbers_of_stored_reject_kinds_are_frozen() => Assert.That(
        Enum.GetValues<RejectKind>().Select(k => $"{(int)k} {k}"),
        Is.EqualTo(new[]
        {
            "1 NoMapping", "2 Empty", "3 Malformed", "4 Truncated", "5 Trailing", "6 TooLarge", "7 WrongType", "8 NonFinite", "9 OutOfRange",
            "10 DuplicateKey", "11 Contradiction", "12 NoValue", "13 BadTime", "14 BadMeter", "15 NoUnit", "16 NoBirth",
        }));

    private static MessageDecoder Decoder(params TopicMapping[] mappings) => new(CodecCatalog.Default(), mappings);
}
