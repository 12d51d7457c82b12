// SPDX-License-Identifier: Apache-2.0
using System.Reflection;
using Detector.Cases.Desk;
using Detector.Cases.Stores;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Cases.Tests.Stores;

/// <summary>A stop between any two steps of a change leaves all of it or nothing.</summary>
public sealed class HalfwayTests
{
    private CasesBench _bench = null!;
    private string _id = null!;

    [SetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync();
        _id = await _bench.OpenInspectingAsync();
    }

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task Opening_a_case_stopped_anywhere_leaves_nothing_and_succeeds_when_tried_again() =>
        await StopEverywhereAsync(desk => desk.ConsiderAsync(CasesBench.Finding("s-2"), default), 7);

    [Test]
    public async Task Joining_evidence_stopped_anywhere_leaves_nothing_and_succeeds_when_tried_again() =>
        await StopEverywhereAsync(desk => desk.ConsiderAsync(CasesBench.Finding(day: 1, probability: 0.8), default), 7);

    [Test]
    public async Task A_move_stopped_anywhere_leaves_nothing_and_succeeds_when_tried_again() =>
        await StopEverywhereAsync(desk => desk.MoveAsync(_id, "refute", 1, CasesBench.Ana, null, default), 4);

    [Test]
    public async Task A_move_under_a_key_stopped_anywhere_leaves_neither_move_nor_answer() => await StopEverywhereAsync(
        async desk =>
        {
            using var terms = desk.Under(new ChangeTerms { Once = new OnceKey("k", 0, "r", _ => "answer") });
            Assert.That((await desk.MoveAsync(_id, "refute", 1, CasesBench.Ana, null, default)).Repeated, Is.Null);
        },
        5);

    /// <summary>Stops before the first write, before the second, and so on, until the change goes through.</summary>
    private async Task StopEverywhereAsync(Func<CaseDesk, Task> change, int leastSteps)
    {
        var before = await _bench.EventsAsync();
        for (var step = 0; ; step++)
        {
            await using var desk = new CaseDesk(new StoppingStore(_bench.Desk.Store, step), _bench.Options, _bench.Clock, NullLoggerFactory.Instance);
            try
            {
                await change(desk);
                Assert.That(step, Is.GreaterThanOrEqualTo(leastSteps), "the writes were not counted");
                break;
            }
            catch (PowerCutException)
            {
                Assert.That(await _bench.EventsAsync(), Is.EqualTo(before), $"stopped before write {step}");
                Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null, $"stopped before write {step}");
            }
        }

        Assert.That((await _bench.EventsAsync()).Count, Is.GreaterThan(before.Count));
        Assert.That((await _bench.Desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null);
    }

    private sealed class PowerCutException : Exception;

    private sealed class StoppingStore(ICaseStore store, int step) : ICaseStore
    {
        public string? Refusal => store.Refusal;

        public Task<T> WriteAsync<T>(Func<ICaseWriter, CancellationToken, Task<T>> work, CancellationToken cancel) => store.WriteAsync(
            async (writer, stop) =>
            {
                var stopping = DispatchProxy.Create<ICaseWriter, StoppingWriter>();
                ((StoppingWriter)(object)stopping).Begin(writer, step);
                var result = await work(stopping, stop);
                return ((StoppingWriter)(object)stopping).Left == 0 ? throw new PowerCutException() : result; // before the commit
            },
            cancel);

        public Task<T> ReadAsync<T>(Func<ICaseReader, CancellationToken, Task<T>> work, CancellationToken cancel) => store.ReadAsync(work, cancel);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private class StoppingWriter : DispatchProxy
    {
        private ICaseWriter _writer = null!;

        public int Left { get; private set; }

        public void Begin(ICaseWriter writer, int step) => (_writer, Left) = (writer, step);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var writes = targetMethod!.Name.StartsWith("Add", StringComparison.Ordinal) || targetMethod.Name.StartsWith("Update", StringComparison.Ordinal);
            if (writes && Left-- == 0)
            {
                throw new PowerCutException();
            }

            return targetMethod.Invoke(_writer, args);
        }
    }
}
