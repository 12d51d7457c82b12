// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Timeline.Tests;

[TestFixture]
internal sealed class TimelineOptionsTests
{
    [Test]
    public void Every_fault_is_reported_at_once_by_its_name()
    {
        var options = new TimelineOptions { Kind = "influx", DuckDb = { Threads = 0 }, Influx = { Url = "not an address", BatchSize = 0, Database = string.Empty } };

        Assert.That(options.Faults(), Is.EqualTo(new[]
        {
            "Timeline:DuckDb:Threads is 0; it must be from 1 to 256.",
            "Timeline:Influx:Database is empty; it must be given.",
            "Timeline:Influx:BatchSize is 0; it must be from 1 to 100000.",
            "Timeline:Influx:Url is 'not an address'; it must be an http or https address.",
        }));
    }

    [Test]
    public void What_is_made_of_readings_is_kept_at_least_as_long_as_they()
    {
        var options = new TimelineOptions { DuckDb = { File = "f" }, Retention = { RawDays = 400, HourlyDays = 300, DailyDays = 200, BurstDays = 500 } };

        Assert.That(options.Faults(), Is.EqualTo(new[]
        {
            "Timeline:Retention:HourlyDays is 300, but RawDays is 400; it must be at least as long, or 0 for ever.",
            "Timeline:Retention:DailyDays is 200, but HourlyDays is 300; it must be at least as long, or 0 for ever.",
            "Timeline:Retention:BurstDays is 500; bursts are readings and go with the others after RawDays, 400. Give fewer, or 0.",
        }));
        options.Retention = new RetentionOptions { RawDays = 400, DailyDays = 500, BurstDays = 400 };
        Assert.That(options.Faults(), Is.EqualTo(new[] { "Timeline:Retention:DailyDays is 500, but HourlyDays is for ever; it must be at least as long, or 0 for ever." }));
    }

    [TestCase(100, 0)]
    [TestCase(0, 30)]
    public void Retention_is_refused_where_the_store_has_none(int rawDays, int burstDays)
    {
        var options = new TimelineOptions { Kind = "influx", Influx = { Token = "t" }, Retention = { RawDays = rawDays, BurstDays = burstDays } };
        Assert.That(options.Faults().Single(), Does.StartWith("Timeline:Retention needs duckdb or an InfluxDB 1.x:"));
    }

    [Test]
    public void The_defaults_lack_only_the_file_that_the_host_names() =>
        Assert.That(new TimelineOptions().Faults(), Is.EqualTo(new[] { "Timeline:DuckDb:File is empty; it must name the file of the store." }));

    [Test]
    public void An_unknown_kind_is_refused_with_the_known_ones() => Assert.That(
        () => TimelineCatalog.Standard().OpenAsync(
            new TimelineSetup(new TimelineOptions { Kind = "papyrus" }, TimeProvider.System, NullLoggerFactory.Instance), CancellationToken.None),
        Throws.TypeOf<TimelineConfigurationException>().With.Message.Contains("it must be one of duckdb, influx"));

    [Test]
    public void A_kind_can_be_added_only_once()
    {
        var catalog = TimelineCatalog.Standard();
        Assert.That(() => catalog.Add("duckdb", (_, _) => throw new InvalidOperationException()), Throws.ArgumentException.With.Message.Contains("'duckdb'"));
    }
}
