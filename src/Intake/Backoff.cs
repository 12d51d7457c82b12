// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;

namespace Detector.Intake;

/// <summary>Pauses between attempts: doubled each time up to a limit, each drawn from the upper half so that many clients do not come back at once.</summary>
internal sealed class Backoff(TimeSpan from, TimeSpan upTo, TimeProvider time)
{
    private TimeSpan? _later;

    /// <summary>After a success the next pause is the shortest again.</summary>
    public void Reset() => _later = null;

    public Task PauseAsync(CancellationToken cancel)
    {
        var next = _later ?? from;
        var half = (int)Math.Max(1, next.TotalMilliseconds / 2);
        var pause = TimeSpan.FromMilliseconds(half + RandomNumberGenerator.GetInt32(half + 1));
        _later = TimeSpan.FromMilliseconds(Math.Min(2 * next.TotalMilliseconds, upTo.TotalMilliseconds));
        return Task.Delay(pause, time, cancel);
    }
}
