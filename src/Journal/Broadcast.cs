// SPDX-License-Identifier: Apache-2.0
namespace Detector.Journal;

/// <summary>Wakes all who wait. Ask for the task first, then look at the state, then wait: no wake is missed.</summary>
internal sealed class Broadcast
{
    private TaskCompletionSource? _waiting;

    /// <summary>A task that ends at the next <see cref="Wake"/>.</summary>
    public Task Next()
    {
        var now = Volatile.Read(ref _waiting);
        if (now is not null)
        {
            return now.Task;
        }

        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _waiting, fresh, null) ?? fresh).Task;
    }

    public void Wake() => Interlocked.Exchange(ref _waiting, null)?.TrySetResult();
}
