// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using Detector.Intake.Groups;
using Detector.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Intake.Tests;

/// <summary>Who takes over whose session in a shared group.</summary>
public sealed class GroupWatchTests
{
    private readonly ConcurrentQueue<string> _said = new();
    private readonly ConcurrentDictionary<string, bool> _serving = new();
    private readonly Metrics _metrics = new("external");

    [Test]
    public async Task A_member_that_is_gone_is_claimed_served_and_given_back()
    {
        await using var watch = Watch();
        watch.Heard("b", GroupTopic.Online);
        Assert.That(_said, Is.Empty);
        watch.Heard("b", GroupTopic.Offline);
        await Bench.UntilAsync(() => _said.Contains("b adopted:a"), "it was claimed");
        Assert.That(_serving, Is.Empty, "a claim is not yet granted: the broker's order decides");
        watch.Heard("b", GroupTopic.AdoptedBy("a"));
        await Bench.UntilAsync(() => _serving.ContainsKey("b"), "it is served");
        watch.Heard("b", GroupTopic.Online);
        await Bench.UntilAsync(() => _serving.IsEmpty, "it was given back");
    }

    [Test]
    public async Task Of_two_claims_the_last_one_holds()
    {
        await using var watch = Watch();
        watch.Heard("b", GroupTopic.AdoptedBy("a"));
        await Bench.UntilAsync(() => _serving.ContainsKey("b"), "it is served");
        watch.Heard("b", GroupTopic.AdoptedBy("c"));
        await Bench.UntilAsync(() => _serving.IsEmpty, "it was left to the other");
    }

    [Test]
    public async Task What_a_member_had_taken_over_is_taken_over_with_it()
    {
        await using var watch = Watch();
        watch.Heard("b", GroupTopic.AdoptedBy("c"));
        watch.Heard("c", GroupTopic.Offline);
        await Bench.UntilAsync(() => _said.Contains("b adopted:a") && _said.Contains("c adopted:a"), "both were claimed");
    }

    [Test]
    public async Task A_word_that_comes_late_about_ourselves_is_put_right()
    {
        await using var watch = Watch();
        watch.Heard("a", GroupTopic.AdoptedBy("b"));
        await Bench.UntilAsync(() => _said.Contains("a online"), "we said that we are here");
    }

    [Test]
    public void Instances_of_a_group_need_ids_of_their_own_and_mqtt_5()
    {
        var options = new IntakeOptions { Url = "mqtt://127.0.0.1", SharedGroup = "grid", ClientId = "detector-1" };
        Assert.That(OptionFaults.Of(options, "Mqtt"), Is.Empty);
        Assert.That(options.EffectiveTopics, Is.EqualTo(new[] { "$share/grid/meters/+" }));
        Assert.Multiple(() =>
        {
            Assert.That(OptionFaults.Of(new IntakeOptions { Url = "mqtt://127.0.0.1", SharedGroup = "grid" }, "Mqtt"), Has.One.StartsWith("Mqtt:ClientId is detector; "));
            Assert.That(OptionFaults.Of(new IntakeOptions { Listen = "127.0.0.1:0", SharedGroup = "grid", ClientId = "detector-1" }, "Mqtt"), Has.One.StartsWith("Mqtt:SharedGroup is grid; "));
            Assert.That(OptionFaults.Of(new IntakeOptions { Url = "mqtt://127.0.0.1", SharedGroup = "a/b", ClientId = "detector-1" }, "Mqtt"), Has.One.StartsWith("Mqtt:SharedGroup is a/b; "));
            Assert.That(OptionFaults.Of(new IntakeOptions { Url = "mqtt://127.0.0.1", SharedGroup = "grid", ClientId = "detector-1", SessionExpirySeconds = 10 }, "Mqtt"), Has.One.StartsWith("Mqtt:SessionExpirySeconds is 10; "));
        });
    }

    private GroupWatch Watch() => new(
        "a",
        (member, word) =>
        {
            _said.Enqueue($"{member} {word}");
            return Task.CompletedTask;
        },
        async (member, cancel) =>
        {
            _serving[member] = true;
            try
            {
                await Task.Delay(Timeout.Infinite, cancel);
                return true;
            }
            finally
            {
                _serving.TryRemove(member, out _);
            }
        },
        TimeProvider.System,
        _metrics,
        NullLogger.Instance);

    [OneTimeTearDown]
    public void Free() => _metrics.Dispose();

    [SetUp]
    public void Forget()
    {
        _said.Clear();
        _serving.Clear();
    }
}
