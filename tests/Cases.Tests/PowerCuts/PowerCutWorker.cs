// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Detector.Access;
using Detector.Cases.Attachments;
using Detector.Cases.Dossier;
using Detector.Cases.Outbox;
using Detector.Cases.Queues;
using Detector.Cases.Queues.RabbitMq;
using Detector.Cases.Stores;
using Detector.Cases.Stores.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Cases.Tests.PowerCuts;

/// <summary>A process of its own that works at cases, publishes their events and writes dossiers, until it kills itself (SIGKILL) between two steps.</summary>
/// <remarks>This program's own entry point, so that the test can start it: <c>FOLDER BROKER SEED STEP</c>. Step 0 works nothing new: it publishes what waits and ends.</remarks>
internal sealed class PowerCutWorker : IEventQueue, IAsyncDisposable
{
    private static readonly Actor[] People = [new("ana", Role.Operator), new("ben", Role.Operator), new("sue", Role.Supervisor), new("sam", Role.Supervisor)];

    private readonly string _folder;
    private readonly Random _random;
    private readonly RabbitMqQueue _queue;
    private int _left;

    private PowerCutWorker(string folder, string broker, int seed, int step)
    {
        (_folder, _random, _left) = (folder, new Random(seed), step == 0 ? int.MaxValue : step);
        _queue = new RabbitMqQueue(new RabbitMqOptions { Url = broker });
    }

    public string Name => _queue.Name;

    public static async Task<int> Main(string[] args)
    {
        if (args is not [var folder, var broker, var seed, var step])
        {
            await Console.Error.WriteLineAsync("Run these tests with: dotnet test tests/Cases.Tests");
            return 2;
        }

        var cut = int.Parse(step, CultureInfo.InvariantCulture);
        await using var worker = new PowerCutWorker(folder, broker, int.Parse(seed, CultureInfo.InvariantCulture), cut);
        await worker.RunAsync(works: cut > 0);
        return 0;
    }

    public async Task PublishAsync(OutboxEvent happened, CancellationToken cancel)
    {
        Step("before an event is published");
        await _queue.PublishAsync(happened, cancel);
        Step("after the broker confirmed it");
    }

    public ValueTask DisposeAsync() => _queue.DisposeAsync();

    /// <summary>Says where it is and is gone, when its time has come; whoever else is running stops there, too.</summary>
    private void Step(string where)
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            Console.WriteLine(where);
            Console.Out.Flush();
            Process.GetCurrentProcess().Kill(); // SIGKILL: no finally, no flush, no goodbye
            Thread.Sleep(Timeout.Infinite);
        }
    }

    private async Task RunAsync(bool works)
    {
        var store = await SqliteCaseStore.OpenAsync(new CaseStoreSetting(_folder, new CasesOptions()), default);
        await using var desk = new CaseDesk(new CutStore(store, Step), new CasesOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        using var stop = new CancellationTokenSource();
        await using var publisher = new OutboxPublisher(desk, new QueueOptions { PollEvery = TimeSpan.FromMilliseconds(20) }, this, TimeProvider.System, NullLoggerFactory.Instance);
        var publishing = publisher.RunAsync(stop.Token);
        while (works)
        {
            await WorkAsync(desk);
            while (await publisher.WaitingAsync(default) > 0)
            {
                await Task.Delay(5);
            }
        }

        while (await publisher.WaitingAsync(default) > 0)
        {
            await Task.Delay(5);
        }

        await stop.CancelAsync();
        await publishing;
    }

    /// <summary>One thing that people or findings do: a case opened, evidence joined, a move, a note, a file, a dossier.</summary>
    private async Task WorkAsync(CaseDesk desk)
    {
        var cases = await desk.ListAsync(new CaseFilter { Limit = 20 }, default);
        var chosen = cases.Count > 0 ? cases[_random.Next(cases.Count)] : null;
        var person = People[_random.Next(People.Length)];
        switch (chosen is null ? 0 : _random.Next(8))
        {
            case 0:
                await desk.ConsiderAsync(CasesBench.Finding($"s-{Guid.NewGuid():N}"), default);
                break;
            case 1:
                await desk.ConsiderAsync(CasesBench.Finding(chosen!.Site, day: (int)chosen.EvidenceVersion, probability: 0.5 + (_random.NextDouble() / 2)), default);
                break;
            case 2:
                await desk.NoteAsync(chosen!.Id, "a note", person, default);
                break;
            case 3:
                await new AttachmentDesk(desk).AttachAsync(chosen!.Id, $"{_random.Next()}.txt", "Hall 2"u8.ToArray(), person, null, default);
                break;
            case 4:
                Directory.CreateDirectory(Path.Combine(_folder, "dossiers"));
                await DossierFile.WriteAsync(new DossierWriter(desk), chosen!.Id, Path.Combine(_folder, "dossiers", chosen.Id + ".zip"), file => new CutStream(file, Step), () => Step("before a dossier takes its name"), default);
                Step("after a dossier took its name");
                break;
            default:
                var moves = (await desk.GetAsync(chosen!.Id, default))!.Moves;
                if (moves.Count > 0)
                {
                    var move = moves[_random.Next(moves.Count)];
                    await desk.MoveAsync(chosen.Id, move.Verb, chosen.EvidenceVersion, Array.Find(People, move.IsFor) ?? person, "why", default);
                }

                break;
        }
    }

    private sealed class CutStore(ICaseStore store, Action<string> step) : ICaseStore
    {
        public string? Refusal => store.Refusal;

        public async Task<T> WriteAsync<T>(Func<ICaseWriter, CancellationToken, Task<T>> work, CancellationToken cancel)
        {
            var result = await store.WriteAsync(
                async (writer, stop) =>
                {
                    var cutting = DispatchProxy.Create<ICaseWriter, CutWriter>();
                    ((CutWriter)(object)cutting).Begin(writer, step);
                    var made = await work(cutting, stop);
                    step("before the commit");
                    return made;
                },
                cancel);
            step("after the commit");
            return result;
        }

        public Task<T> ReadAsync<T>(Func<ICaseReader, CancellationToken, Task<T>> work, CancellationToken cancel) => store.ReadAsync(work, cancel);

        public ValueTask DisposeAsync() => store.DisposeAsync();
    }

    private class CutWriter : DispatchProxy
    {
        private ICaseWriter _writer = null!;
        private Action<string> _step = null!;

        public void Begin(ICaseWriter writer, Action<string> step) => (_writer, _step) = (writer, step);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name.StartsWith("Add", StringComparison.Ordinal) || targetMethod.Name.StartsWith("Update", StringComparison.Ordinal) || targetMethod.Name.StartsWith("Mark", StringComparison.Ordinal))
            {
                _step($"before {targetMethod.Name}");
            }

            return targetMethod.Invoke(_writer, args);
        }
    }

    /// <summary>Writes in small pieces, so that there is a half of a file to be cut off at.</summary>
    private sealed class CutStream(Stream file, Action<string> step) : Stream
    {
        private const int Piece = 4096;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Position;
            set => throw new NotSupportedException();
        }

        public override void Flush() => file.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            for (var at = 0; at < count; at += Piece)
            {
                file.Write(buffer, offset + at, Math.Min(Piece, count - at));
                file.Flush();
                step("within a dossier");
            }
        }
    }
}
