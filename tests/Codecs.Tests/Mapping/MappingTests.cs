// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;

namespace Detector.Codecs.Mapping;

/// <summary>What a mapping says becomes what a reading means.</summary>
internal sealed class MappingTests
{
    private readonly ReadingBuffer _readings = new();

    [SetUp]
    public void Clear() => _readings.Clear();

    [Test]
    public void Paths_reach_into_objects_and_arrays()
    {
        var reading = Read(
            new TopicMapping { Topic = "g/{meter}", TimeKey = "/meta/at", Keys = new() { ["/em/total/p"] = "W", ["/phases/1/u"] = "V", ["/a~1b/~0"] = "A" } },
            "g/m",
            """{"meta":{"at":"2026-01-01T00:00:00Z","x":{"at":1}},"em":{"total":{"p":1500,"q":3}},"phases":[{"u":229},{"u":230}],"a/b":{"~":4}}""");
        Assert.That((reading.PowerKilowatts, reading.Volts, reading.Amperes, reading.Time.Year), Is.EqualTo((1.5, 230.0, 4.0, 2026)));
    }

    [Test]
    public void Elements_may_lie_within_an_object_whose_keys_hold_for_all()
    {
        var decoder = Decoder(new TopicMapping { Topic = "g", Items = "/payload/values", MeterTag = "dev" });
        var result = decoder.Decode("g"u8, """{"payload":{"values":[{"ts":0,"kw":1},{"ts":60,"kw":2,"q":"estimated"}],"n":2},"dev":"m-9","q":"good"}"""u8, Bench.Arrival, _readings);
        Assert.That(result.Count, Is.EqualTo(2), result.ToString());
        Assert.That(_readings[1].Meter.Value, Is.EqualTo("m-9"));
        Assert.That(_readings[1].Quality, Is.EqualTo(QualityFlags.Estimated));
    }

    [TestCase("""{"other":1}""", RejectKind.NoValue)]
    [TestCase("""{"values":{"kw":1}}""", RejectKind.WrongType)]
    [TestCase("""[{"kw":1}]""", RejectKind.WrongType)]
    [TestCase("""{"values":[{"kw":1}],"values":[{"kw":2}]}""", RejectKind.DuplicateKey)]
    public void Elements_that_are_not_where_the_mapping_says_are_rejected(string payload, RejectKind kind)
    {
        var decoder = Decoder(new TopicMapping { Topic = "g/{meter}", Items = "/values" });
        Assert.That(decoder.Decode("g/m"u8, Encoding.UTF8.GetBytes(payload), Bench.Arrival, _readings).Kind, Is.EqualTo(kind));
        Assert.That(_readings.Count, Is.Zero);
    }

    [Test]
    public void Topic_names_the_quantity_and_keys_its_unit_scale_and_kind()
    {
        var mapping = new TopicMapping
        {
            Topic = "site/{meter}/{quantity}",
            Keys = new()
            {
                ["P15"] = new KeyMapping { Unit = "W", Scale = 40, Kind = "interval_mean", IntervalSeconds = 900 },
                ["E15"] = new KeyMapping { Unit = "Wh", Kind = "interval_energy", IntervalSeconds = 900 },
                ["E"] = "MWh",
                ["U"] = "kV",
            },
        };
        var mean = Read(mapping, "site/m/P15", """{"ts":0,"value":250}""");
        Assert.That((mean.Kind, mean.Interval.TotalSeconds, mean.PowerKilowatts), Is.EqualTo((ReadingKind.IntervalMean, 900.0, 10.0)));
        var energy = Read(mapping, "site/m/E15", """{"ts":0,"value":250}""");
        Assert.That((energy.Kind, energy.PowerKilowatts, energy.RegisterKilowattHours), Is.EqualTo((ReadingKind.IntervalEnergy, 1.0, double.NaN)));
        var register = Read(mapping, "site/m/E", """{"ts":0,"value":1.5}""");
        Assert.That((register.Kind, register.RegisterKilowattHours, register.PowerKilowatts), Is.EqualTo((ReadingKind.Register, 1500.0, double.NaN)));
        Assert.That(Read(mapping, "site/m/U", """{"ts":0,"value":20}""").Volts, Is.EqualTo(20_000));
    }

    [Test]
    public void Unit_in_the_payload_is_parsed_and_must_be_of_the_mappings_dimension()
    {
        Assert.That(Read(new TopicMapping(), "meters/m", """{"value":1500,"unit":"W"}""").PowerKilowatts, Is.EqualTo(1.5));
        Assert.That(Read(new TopicMapping { Unit = "kW" }, "meters/m", """{"value":1500,"unit":"W"}""").PowerKilowatts, Is.EqualTo(1.5));
        Assert.That(Reject(new TopicMapping { Unit = "kW" }, "meters/m", """{"value":1500,"unit":"V"}"""), Is.EqualTo(RejectKind.Contradiction));
        Assert.That(Reject(new TopicMapping(), "meters/m", """{"value":1500,"unit":"mW"}"""), Is.EqualTo(RejectKind.NoUnit));
        Assert.That(Reject(new TopicMapping(), "meters/m", """{"value":1500}"""), Is.EqualTo(RejectKind.NoUnit));
        Assert.That(Read(new TopicMapping(), "meters/m", """{"kw":1,"value":1500}""").PowerKilowatts, Is.EqualTo(1), "beside a quantity it is one more unknown key");
    }

    [Test]
    public void Kinds_of_one_element_are_kept_apart()
    {
        var mapping = new TopicMapping { Keys = new() { ["now"] = new KeyMapping { Unit = "kW", Kind = "instantaneous" }, ["total"] = new KeyMapping { Unit = "kWh", Kind = "register" }, ["last"] = new KeyMapping { Unit = "kWh", Kind = "interval_energy", IntervalSeconds = 900 } } };
        var both = Read(mapping, "meters/m", """{"ts":0,"now":2,"total":100}""");
        Assert.That((both.Kind, both.PowerKilowatts, both.RegisterKilowattHours), Is.EqualTo((ReadingKind.Instantaneous, 2.0, 100.0)));
        Assert.That(Reject(mapping, "meters/m", """{"ts":0,"now":2,"last":1}"""), Is.EqualTo(RejectKind.Contradiction));
        Assert.That(Read(mapping, "meters/m", """{"ts":0,"last":1}""").PowerKilowatts, Is.EqualTo(4));
    }

    [Test]
    public void Apparent_power_beside_active_power_gives_the_power_factor()
    {
        var mapping = new TopicMapping { Keys = new() { ["s"] = "VA" } };
        Assert.That(Read(mapping, "meters/m", """{"w":90,"s":100}""").PowerFactor, Is.EqualTo(0.9).Within(1e-12));
        Assert.That(Read(mapping, "meters/m", """{"w":90,"s":0}""").PowerFactor, Is.NaN);
        Assert.That(Read(mapping, "meters/m", """{"w":90,"s":100,"pf":0.8}""").PowerFactor, Is.EqualTo(0.8));
        Assert.That(Reject(mapping, "meters/m", """{"s":100}"""), Is.EqualTo(RejectKind.NoValue));
    }

    [TestCase("2026-10-25T02:30:00", "2026-10-25T00:31:00Z", "2026-10-25T00:30:00Z")]
    [TestCase("2026-10-25T02:30:00", "2026-10-25T01:31:00Z", "2026-10-25T01:30:00Z")]
    [TestCase("2026-07-01 12:00", "2026-07-01T10:00:00Z", "2026-07-01T10:00:00Z")]
    [TestCase("2026-07-01T12:00:00Z", "2026-07-01T10:00:00Z", "2026-07-01T12:00:00Z")]
    public void Local_time_is_of_the_mappings_zone_and_an_hour_that_comes_twice_is_the_one_nearer_to_the_arrival(string text, string arrival, string expected)
    {
        var decoder = Decoder(new TopicMapping { TimeZone = "Europe/Berlin" });
        var result = decoder.Decode("meters/m"u8, Encoding.UTF8.GetBytes($$"""{"ts":"{{text}}","kw":1}"""), Moment(arrival), _readings);
        Assert.That(result.IsDecoded, Is.True, result.ToString());
        Assert.That(_readings[0].Time, Is.EqualTo(Moment(expected)));
    }

    [Test]
    public void Time_that_the_clocks_skipped_is_rejected() =>
        Assert.That(Reject(new TopicMapping { TimeZone = "Europe/Berlin" }, "meters/m", """{"ts":"2026-03-29T02:30:00","kw":1}"""), Is.EqualTo(RejectKind.BadTime));

    [Test]
    public void Mapping_takes_from_its_profile_what_it_leaves_out()
    {
        var profiles = new Dictionary<string, TopicMapping> { ["maker"] = new() { Codec = "json", Keys = new() { ["P"] = "W", ["U"] = "V" }, TimeKey = "t" } };
        var decoder = new MessageDecoder(CodecCatalog.Default(), [new TopicMapping { Profile = "maker", Topic = "x/{meter}", Keys = new() { ["P"] = "kW" } }], profiles);
        decoder.Decode("x/m"u8, """{"t":60,"P":2,"U":230}"""u8, Bench.Arrival, _readings);
        Assert.That((_readings[0].PowerKilowatts, _readings[0].Volts, _readings[0].Time.ToUnixTimeSeconds()), Is.EqualTo((2.0, 230.0, 60L)));
    }

    [Test]
    public void Every_fault_of_mappings_and_profiles_is_reported_at_once_by_member()
    {
        var faults = MappingFaults.Of(
            [
                new TopicMapping { Profile = "nobody", Topic = "a/{meter}/{meter}" },
                new TopicMapping { Topic = "b/{x}", Compression = "rar", TimeZone = "Mars/Olympus", TimeFormat = "HH:mm", Items = "values", Name = "{meter}{quantity}", Scale = 0, Csv = new CsvMapping { Delimiter = "7", Decimal = "x", Columns = ["speed"] } },
                new TopicMapping { Topic = "c", Keys = new() { ["p"] = new KeyMapping { Unit = "W", Scale = double.NaN, Kind = "often", IntervalSeconds = -1 }, ["u"] = new KeyMapping { Unit = "V", Kind = "register" } } },
            ],
            new Dictionary<string, TopicMapping> { ["mine"] = new() { Profile = "json", Unit = "bhp" } },
            CodecCatalog.Default());
        string[] members =
        [
            "Profiles:mine:Unit is 'bhp'", "Profiles:mine:Profile", "Mappings:0:Profile is 'nobody'", "Mappings:0:Topic", "Mappings:1:Compression", "Mappings:1:TimeZone",
            "Mappings:1:Items", "Mappings:1:Name", "Mappings:1:Scale", "Mappings:1:Csv:Delimiter", "Mappings:1:Csv:Decimal", "Mappings:1:Csv:Columns has 'speed'",
            "Mappings:2:Keys:p:Scale", "Mappings:2:Keys:p:Kind", "Mappings:2:Keys:p:IntervalSeconds", "Mappings:2:Keys:u:Kind",
        ];
        Assert.Multiple(() =>
        {
            foreach (var member in members)
            {
                Assert.That(faults, Has.Some.Contains(member));
            }
        });
    }

    [TestCase("2026-01-01T00:00:00Z", "Asia/Shanghai", "2026-01-01T00:00:00Z")]
    [TestCase("2026-01-01T00:00:00+09:00", "Asia/Shanghai", "2025-12-31T15:00:00Z")]
    [TestCase("2026-01-01T00:00:00", "Asia/Shanghai", "2025-12-31T16:00:00Z")]
    [TestCase("2026-01-01T00:00:00", null, null)]
    public void A_time_that_may_name_its_zone_and_does_not_is_of_the_mappings_and_never_of_this_machines(string text, string? zone, string? expected)
    {
        var mapping = new TopicMapping { Topic = "x/{meter}", Profile = "json", TimeFormat = "yyyy-MM-ddTHH:mm:ssK", TimeZone = zone };
        var answer = Decoder(mapping).Decode("x/m"u8, Encoding.UTF8.GetBytes($$"""{"ts":"{{text}}","kw":2}"""), Bench.Arrival, _readings);
        Assert.That(answer.IsDecoded ? _readings[0].Time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : null, Is.EqualTo(expected), answer.Reason);
    }

    [Test]
    public void Time_format_without_a_zone_is_a_fault() =>
        Assert.That(MappingFaults.Of([new TopicMapping { TimeFormat = "dd.MM.yyyy HH:mm" }], null, CodecCatalog.Default()), Has.Some.Contains("names no zone"));

    [Test]
    public void Explanation_says_which_mapping_takes_a_topic_and_why_the_others_do_not()
    {
        var decoder = Decoder(new TopicMapping { Topic = "site/{meter}/{quantity}" }, new TopicMapping { Topic = "meters/{meter}" }, new TopicMapping { Topic = "{place}/{meter}" });
        var all = decoder.Explain("meters/m-1"u8);
        Assert.That(all.Select(e => (e.IsTaken, e.Why)), Is.EqualTo(new[]
        {
            (false, "level 1 is 'meters', the template wants 'site'"), (true, "every level fits"), (false, "it fits, but so does mapping 1, which is earlier"),
        }));
        Assert.That(all[1].Meter, Is.EqualTo("m-1"));
        Assert.That(all[1].Keys, Has.Member("kw → kW"));
    }

    [Test]
    public void Rejection_of_an_unmapped_topic_names_the_profile_that_reads_it()
    {
        var result = Bench.Decoder.Decode("tele/plug/SENSOR"u8, "{}"u8, Bench.Arrival, _readings);
        Assert.That(result.Reason, Does.Contain("the profile 'tasmota' reads such topics"));
    }

    [Test]
    public void Every_profile_and_member_is_in_the_documentation()
    {
        var page = File.ReadAllText(Path.Combine(Testing.Requires.Repository(), "docs", "mqtt.md"));
        Assert.Multiple(() =>
        {
            foreach (var profile in MappingProfiles.With(null).Names)
            {
                Assert.That(page, Does.Contain($"| `{profile}` | `{MappingProfiles.With(null).Resolve(new TopicMapping { Profile = profile }).Topic}` |"));
            }

            foreach (var member in typeof(TopicMapping).GetProperties().Select(p => p.Name))
            {
                Assert.That(page, Does.Contain($"`{member}`"), member);
            }
        });
    }

    private Reading Read(TopicMapping mapping, string topic, string payload)
    {
        _readings.Clear();
        var result = Decoder(mapping).Decode(Encoding.UTF8.GetBytes(topic), Encoding.UTF8.GetBytes(payload), Bench.Arrival, _readings);
        Assert.That(result.Count, Is.EqualTo(1), result.ToString());
        return _readings[0];
    }

    private RejectKind Reject(TopicMapping mapping, string topic, string payload)
    {
        _readings.Clear();
        var result = Decoder(mapping).Decode(Encoding.UTF8.GetBytes(topic), Encoding.UTF8.GetBytes(payload), Bench.Arrival, _readings);
        Assert.That(result.IsDecoded, Is.False, result.ToString());
        return result.Kind;
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static MessageDecoder Decoder(params TopicMapping[] mappings) => new(CodecCatalog.Default(), mappings);
}
