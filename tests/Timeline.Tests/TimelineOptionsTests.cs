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
