// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Timeline.Tests.Contracts;

internal abstract partial class TimelineContract
{
    [Test]
    public async Task What_no_store_takes_is_refused_with_its_reason_and_the_rest_is_kept()
    {
        var infinite = Arrived("m-1", 0, double.PositiveInfinity, 1);
        var ancient = new ArrivedReading(new Reading(MeterId.Of("m-1"), DateTimeOffset.UnixEpoch.AddTicks(-1)) { PowerKilowatts = 1 }, 1, 1);
        var nameless = new ArrivedReading(new Reading(default, Start) { PowerKilowatts = 1 }, 1, 2);
        var broken = Arrived("m-\ud800", 0, 1, 1, 3);
        var outcome = await Timeline.WriteAsync(new[] { infinite, ancient, nameless, broken, Arrived("m-1", 0, 4, 1, 4) }, CancellationToken.None);
        var count = await CountAsync();

        Assert.That(outcome.Results.Take(4), Is.All.EqualTo(WriteResult.Refused));
        Assert.That(outcome.Results[4], Is.EqualTo(WriteResult.Stored));
        Assert.That(outcome.Refusals.Keys, Is.EquivalentTo(new[] { 0, 1, 2, 3 }));
        Assert.That(outcome.Refusals[0], Does.Contain("infinite"));
        Assert.That(count, Is.EqualTo(1));
    }

    [Test]
    public async Task An_empty_batch_is_nothing()
    {
        var results = await WriteAsync();
        Assert.That(results, Is.Empty);
    }

    [Test]
    public async Task A_batch_of_50_000_is_stored_whole()
    {
        const int Meters = 250;
        ArrivedReading[] batch = [.. Enumerable.Range(0, 50_000).Select(i => Arrived($"m-{i % Meters}", i / Meters, i, i + 1))];
        var results = await WriteAsync(batch);
        var again = await WriteAsync(batch);
        var count = await CountAsync();
        var powers = await PowersAsync("m-7");

        Assert.That(results, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(again, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(count, Is.EqualTo(50_000));
        Assert.That(powers, Is.EqualTo(Enumerable.Range(0, 200).Select(i => (i * Meters) + 7.0)));
    }

    [Test]
    public async Task A_cancelled_write_ends_and_the_batch_can_be_repeated()
    {
        ArrivedReading[] batch = [Arrived("m-1", 0, 1, 1), Arrived("m-2", 0, 1, 2)];
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThatAsync(() => Timeline.WriteAsync(batch, cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        var results = await WriteAsync(batch);
        var count = await CountAsync();
        Assert.That(results, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(count, Is.EqualTo(2));
    }

    [Test]
    public async Task A_write_cancelled_on_its_way_leaves_nothing_half_known()
    {
        ArrivedReading[] batch = [.. Enumerable.Range(0, 50_000).Select(i => Arrived($"m-{i % 100}", i / 100, i, i + 1))];
        using var cancel = new CancellationTokenSource();
        var write = Timeline.WriteAsync(batch, cancel.Token);
        await cancel.CancelAsync();

        try
        {
            await write; // it may have been quicker than its cancellation
        }
        catch (OperationCanceledException cancelled)
        {
            Assert.That(cancelled.CancellationToken.IsCancellationRequested, Is.True);
        }

        var results = await WriteAsync(batch);
        var count = await CountAsync();
        Assert.That(results, Is.All.EqualTo(WriteResult.Stored));
        Assert.That(count, Is.EqualTo(batch.Length));
    }

    [Test]
    public async Task A_cancelled_read_ends()
    {
        await WriteAsync([.. Enumerable.Range(0, 30_000).Select(i => Arrived("m-1", i, i, i + 1))]);
        using var cancel = new CancellationTokenSource();

        async Task ReadAsync()
        {
            await foreach (var reading in Timeline.ReadAsync(MeterId.Of("m-1"), TimeRange.All, cancel.Token))
            {
                await cancel.CancelAsync();
            }
        }

        await Assert.ThatAsync(ReadAsync, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Reading_goes_on_while_another_batch_is_written()
    {
        await WriteAsync([.. Enumerable.Range(0, 5_000).Select(i => Arrived("m-1", i, i, i + 1))]);
        var reader = Timeline.ReadAsync(MeterId.Of("m-1"), TimeRange.All, CancellationToken.None).GetAsyncEnumerator();
        await reader.MoveNextAsync();
        await WriteAsync([.. Enumerable.Range(0, 5_000).Select(i => Arrived("m-1", 10_000 + i, i, 10_000 + i))]);
        var seen = 1;
        while (await reader.MoveNextAsync())
        {
            seen++;
        }

        await reader.DisposeAsync();
        Assert.That(seen, Is.EqualTo(5_000).Or.EqualTo(10_000)); // a whole number of batches, never a part of one
    }

    [Test]
    public void A_store_that_answers_passes_the_probe() =>
        Assert.That(() => Timeline.ProbeAsync(CancellationToken.None), Throws.Nothing);
}
