// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Stores;
using Detector.Timeline;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Pipeline.Tests;

/// <summary>A part of the service that a store refuses for a while begins anew; a fault of the program ends the service.</summary>
internal sealed class PipelineServiceTests
{
    private static readonly Exception[] Temporary = [new CaseStoreUnavailableException("of a test"), new TimelineUnavailableException("of a test")];

    [TestCaseSource(nameof(Temporary))]
    public async Task A_part_that_a_store_refuses_begins_anew_and_the_service_goes_on(Exception refusal)
    {
        var time = new FakeTimeProvider();
        using var lifetime = new Lifetime();
        using var part = new Part(time, lifetime, attempt => attempt < 3 ? refusal : null);
        await part.StartAsync(CancellationToken.None);
        while (!part.Worked.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.WhenAny(part.Worked, Task.Delay(5));
        }

        Assert.That((part.Attempts, lifetime.ApplicationStopping.IsCancellationRequested), Is.EqualTo((3, false)));
        await part.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task A_fault_of_the_program_ends_the_service()
    {
        var before = Environment.ExitCode;
        using var lifetime = new Lifetime();
        using var part = new Part(TimeProvider.System, lifetime, _ => new InvalidOperationException("of a test"));
        await part.StartAsync(CancellationToken.None);
        await part.ExecuteTask!;
        (var code, Environment.ExitCode) = (Environment.ExitCode, before);
        Assert.That((part.Attempts, code, lifetime.ApplicationStopping.IsCancellationRequested), Is.EqualTo((1, 1, true)));
    }

    private sealed class Part(TimeProvider time, IHostApplicationLifetime lifetime, Func<int, Exception?> refusalOf) : PipelineService("of a test", time, lifetime, NullLogger.Instance)
    {
        private readonly TaskCompletionSource _worked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Worked => _worked.Task;

        public int Attempts { get; private set; }

        protected override async Task WorkAsync(CancellationToken cancel)
        {
            if (refusalOf(++Attempts) is { } refusal)
            {
                throw refusal;
            }

            _worked.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
        }
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
