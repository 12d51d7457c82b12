// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;

namespace Detector.Intake.Tests;

public sealed class SubscriptionTests
{
    [TestCase(MqttProtocol.V5)]
    [TestCase(MqttProtocol.V311)]
    [TestCase(MqttProtocol.Newest)]
    public async Task What_a_real_broker_delivers_is_journalled_in_order(MqttProtocol protocol)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bench = new Bench();
        await using var subscription = bench.Subscribe(mosquitto.Url, options => options.Protocol = protocol);
        await subscription.StartAsync(CancellationToken.None);
        await Bench.UntilAsync(() => subscription.State.Connected, "connected");
        await PublishAsync(mosquitto, 0, 500);
        await Bench.UntilAsync(() => bench.Journal.DurableSequence == 500, "all were journalled");
        Assert.That(bench.Kept(), Is.EqualTo(Expected(500)));
    }

    [TestCase(MqttProtocol.V5)]
    [TestCase(MqttProtocol.V311)]
    public async Task What_was_not_flushed_is_not_acknowledged_and_comes_again_after_the_session_was_dropped(MqttProtocol protocol)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using (var first = new Bench())
        {
            await using var subscription = first.Subscribe(mosquitto.Url, options => options.Protocol = protocol);
            await subscription.StartAsync(CancellationToken.None);
            await Bench.UntilAsync(() => subscription.State.Connected, "connected");
            first.Disk.Hold();
            await PublishAsync(mosquitto, 0, 50);
            await Bench.UntilAsync(() => first.Journal.LastSequence == 50, "all were appended, none flushed");
            Assert.That(first.Journal.DurableSequence, Is.Zero);

            // The first life ends before any flush: broker and process part without an acknowledgement.
            await mosquitto.StopAsync();
            await Bench.UntilAsync(() => !subscription.State.Connected, "the connection was lost");
            first.Disk.LetGo();
        }

        await mosquitto.StartAgainAsync();
        await using var second = new Bench();
        await using var again = second.Subscribe(mosquitto.Url, options => options.Protocol = protocol);
        await again.StartAsync(CancellationToken.None);
        await Bench.UntilAsync(() => second.Journal.DurableSequence >= 50, "the same messages came again");
        Assert.That(second.Kept(), Is.EqualTo(Expected(50)));
    }

    [Test]
    public async Task What_was_flushed_is_acknowledged_and_does_not_come_again()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var first = new Bench();
        await using (var subscription = first.Subscribe(mosquitto.Url))
        {
            await subscription.StartAsync(CancellationToken.None);
            await Bench.UntilAsync(() => subscription.State.Connected, "connected");
            await PublishAsync(mosquitto, 0, 50);
            await Bench.UntilAsync(() => first.Journal.DurableSequence == 50, "all were journalled");
        }

        await Bench.UntilAsync(
            () => mosquitto.Process.Output.Contains("Client detector-test disconnected", StringComparison.Ordinal), "the broker had read all up to our leaving");
        await PublishAsync(mosquitto, 50, 51);
        await using var second = new Bench();
        await using var again = second.Subscribe(mosquitto.Url);
        await again.StartAsync(CancellationToken.None);
        await Bench.UntilAsync(() => second.Journal.DurableSequence >= 1, "what came while we were away was delivered");
        Assert.That(second.Kept(), Is.EqualTo(new[] { "meters/m 50" }));
    }

    [Test]
    public async Task A_broker_that_restarts_is_found_again_and_nothing_is_lost()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bench = new Bench();
        await using var subscription = bench.Subscribe(mosquitto.Url);
        await subscription.StartAsync(CancellationToken.None);
        await Bench.UntilAsync(() => subscription.State.Connected, "connected");
        await PublishAsync(mosquitto, 0, 20);
        await Bench.UntilAsync(() => bench.Journal.DurableSequence == 20, "the first were journalled");
        await mosquitto.StopAsync();
        await Bench.UntilAsync(() => subscription.State is { Connected: false, LastError: not null }, "the loss was noticed");
        await mosquitto.StartAgainAsync();
        await PublishAsync(mosquitto, 20, 40);
        await Bench.UntilAsync(() => bench.Kept().Distinct().Count() == 40, "the others were journalled");
        Assert.That(bench.Kept().Distinct(), Is.EqualTo(Expected(40)));
    }

    [Test]
    public async Task When_the_journal_refuses_the_session_is_dropped_and_every_message_comes_again()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bench = new Bench();
        await using var subscription = bench.Subscribe(mosquitto.Url);
        await subscription.StartAsync(CancellationToken.None);
        await Bench.UntilAsync(() => subscription.State.Connected, "connected");
        bench.Disk.Full = true;
        await PublishAsync(mosquitto, 0, 30);
        await Bench.UntilAsync(() => subscription.State.LastError?.Contains("No space left", StringComparison.Ordinal) == true, "the session was dropped for it");
        bench.Disk.Full = false;
        await Bench.UntilAsync(() => bench.Kept().Distinct().Count() == 30, "all came again");
        Assert.That(bench.Kept().Distinct().Order(StringComparer.Ordinal), Is.EqualTo(Expected(30).Order(StringComparer.Ordinal)));
    }

    [Test]
    public async Task Of_a_payload_too_large_the_beginning_is_kept_and_what_follows_is_not_stopped()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bench = new Bench();
        await using var subscription = bench.Subscribe(mosquitto.Url, options => options.MaxPayloadBytes = 10);
        await subscription.StartAsync(CancellationToken.None);
        await Bench.UntilAsync(() => subscription.State.Connected, "connected");
        await using var publisher = await Bench.PublisherAsync(mosquitto.Url);
        await publisher.PublishAsync("meters/m", Bench.Text("0123456789a"), CancellationToken.None);
        await publisher.PublishAsync("meters/m", Bench.Text("0"), CancellationToken.None);
        await Bench.UntilAsync(() => bench.Journal.DurableSequence == 2, "both were journalled");
        Assert.That(bench.Kept(), Is.EqualTo(new[] { "$oversized/11/meters/m 0123456789", "meters/m 0" }));
    }

    [Test]
    public async Task A_publisher_goes_on_when_its_broker_comes_back()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var publisher = await Bench.PublisherAsync(mosquitto.Url);
        await publisher.PublishAsync("meters/m", Bench.Text("0"), CancellationToken.None);
        await mosquitto.StopAsync();
        var publish = publisher.PublishAsync("meters/m", Bench.Text("1"), CancellationToken.None);
        Assert.That(publish.IsCompleted, Is.False);
        await mosquitto.StartAgainAsync();
        await publish;
        Assert.That(publish.IsCompletedSuccessfully, Is.True);
    }

    [Test]
    public async Task A_broker_that_is_not_there_is_named_without_its_password()
    {
        var port = ServerProcess.FreePort();
        await Assert.ThatAsync(
            async () => await Bench.PublisherAsync($"mqtt://user:secret@127.0.0.1:{port}"),
            Throws.TypeOf<BrokerUnreachableException>().With.Property(nameof(BrokerUnreachableException.Broker)).EqualTo($"mqtt://127.0.0.1:{port}")
                .And.Message.Not.Contain("secret"));
    }

    private static IEnumerable<string> Expected(int count) => Enumerable.Range(0, count).Select(i => $"meters/m {i}");

    private static async Task PublishAsync(Mosquitto mosquitto, int from, int to)
    {
        await using var publisher = await Bench.PublisherAsync(mosquitto.Url, $"publisher-{from}");
        await Task.WhenAll(Enumerable.Range(from, to - from).Select(i => publisher.PublishAsync("meters/m", Bench.Text($"{i}"), CancellationToken.None)));
    }
}
