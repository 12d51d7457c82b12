// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;
using Detector.Metering;
using Detector.Neighbours;
using Detector.Profiles;
using Detector.Testing;
using Detector.Timeline;
using Detector.Validation;

namespace Detector.Pipeline.Tests;

/// <summary>Neighbours in the service: a feeder's remainder from what is stored.</summary>
internal sealed class NeighbourWatchTests
{
    private const int Days = 42;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeRange Range = new(Start, Start.AddDays(Days));
    private static readonly MeterId Head = MeterId.Of("head");

    [Test]
    public async Task The_head_of_a_feeder_brings_a_finding_of_what_its_sub_meters_leave()
    {
        await using var bench = await RelayBench.OpenAsync();
        var watch = await WatchAsync(bench, tap: 40, silent: false);
        var head = await SeriesAsync(bench, watch, Head);
        var finding = await watch.ResidualAsync(head, CancellationToken.None);
        Assert.That(finding, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(finding!.Meter.Value, Is.EqualTo("head~residual"));
            Assert.That(finding.Verdict, Is.Not.EqualTo(Verdict.Insufficient));
            Assert.That(finding.Reasons.Single(r => r.Group == "neighbours").Text, Does.Contain("its 2 sub-meters").And.Contain("reach no sub-meter"));
        });
    }

    [Test]
    public async Task A_sub_meter_that_never_sent_is_named_and_nothing_is_judged()
    {
        await using var bench = await RelayBench.OpenAsync();
        var watch = await WatchAsync(bench, tap: 0, silent: true);
        var head = await SeriesAsync(bench, watch, Head);
        var finding = await watch.ResidualAsync(head, CancellationToken.None);
        Assert.That(finding, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(finding!.Verdict, Is.EqualTo(Verdict.Insufficient));
            Assert.That(finding.Missing[0].Code, Is.EqualTo("sub_meters"));
            Assert.That(finding.Missing[0].Text, Does.Contain("sub-2"));
        });
    }

    [Test]
    public async Task A_sub_meter_that_left_is_taken_off_while_it_was_there()
    {
        await using var bench = await RelayBench.OpenAsync();
        var watch = await WatchAsync(bench, tap: 0, silent: false, leaves: Start.AddDays(20));
        var finding = await watch.ResidualAsync(await SeriesAsync(bench, watch, Head), CancellationToken.None);
        Assert.That(finding!.Verdict, Is.EqualTo(Verdict.Clear));
        Assert.That(finding.Reasons.Single().Text, Does.Contain("its 2 sub-meters").And.Contain("metering error"));
    }

    [Test]
    public async Task A_meter_without_sub_meters_brings_none()
    {
        await using var bench = await RelayBench.OpenAsync();
        var watch = await WatchAsync(bench, tap: 0, silent: false);
        var sub = await SeriesAsync(bench, watch, MeterId.Of("sub-1"));
        Assert.That(await watch.ResidualAsync(sub, CancellationToken.None), Is.Null);
    }

    private static async Task<LoadSeries> SeriesAsync(RelayBench bench, NeighbourWatch watch, MeterId meter)
    {
        var read = new List<ReadingColumns>();
        await foreach (var columns in bench.Timeline.ReadManyAsync([meter], Range, CancellationToken.None))
        {
            read.Add(columns);
        }

        return watch.SeriesOf(read.Single());
    }

    private static async Task<NeighbourWatch> WatchAsync(RelayBench bench, double tap, bool silent, DateTimeOffset? leaves = null)
    {
        var readings = new List<ArrivedReading>();
        for (var hour = 0; hour < Days * 24; hour++)
        {
            // Two sites of different rhythm, and some noise that is the same on every run.
            var first = 100 + (60 * Math.Sin(2 * Math.PI * hour / 24)) + (hour * 7919 % 13);
            var there = leaves is null || Start.AddHours(hour) < leaves; // elsewhere it goes on measuring
            var second = 80 + (hour % 24 is > 7 and < 19 ? 70 : 0) + (hour * 104729 % 11);
            var losses = 0.03 * (first + (there ? second : 0));
            var drawn = tap * (1 + (0.004 * ((hour * 15485863L % 7) - 3)));
            Add(Head, first + (there ? second : 0) + losses + drawn);
            Add(MeterId.Of("sub-1"), first);
            if (!silent)
            {
                Add(MeterId.Of("sub-2"), second);
            }

            void Add(MeterId meter, double kilowatts) => readings.Add(new ArrivedReading(
                new Reading(meter, Start.AddHours(hour)) { Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromHours(1), PowerKilowatts = Math.Round(kilowatts, 2) },
                readings.Count + 1,
                0));
        }

        await bench.Timeline.WriteAsync(readings.ToArray(), CancellationToken.None);
        bench.Registry.Replace(new SiteRegistry(
        [
            MeterRegistration.Unregistered(Head),
            MeterRegistration.Unregistered(MeterId.Of("sub-1")) with { ParentMeter = Head },
            MeterRegistration.Unregistered(MeterId.Of("sub-2")) with { ParentMeter = Head, ValidTo = leaves },
            .. leaves is null ? Array.Empty<MeterRegistration>() : [MeterRegistration.Unregistered(MeterId.Of("sub-2")) with { Site = "elsewhere", ValidFrom = leaves }],
        ]));
        var model = DetectorModel.Load(Path.GetDirectoryName(
            Directory.EnumerateFiles(Path.Combine(Requires.Repository(), "models"), "model.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last())!);
        var judge = new Judge(model, new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions());
        var fleet = new FleetJudge(judge, bench.Registry, followsRegister: false);
        return new NeighbourWatch(bench.Timeline, new SeriesAssessor(), fleet, bench.Registry, new NeighbourOptions());
    }
}
