// SPDX-License-Identifier: Apache-2.0
namespace Detector.Intake.Limits;

/// <summary>A token bucket: so many messages a second, a second's worth at once; whoever is ahead waits, nothing is refused.</summary>
/// <remarks>Used by one connection, which reads its packets one after another; while it waits its socket fills, and the sender is slowed.</remarks>
internal sealed class MessageRate(int perSecond, TimeProvider time)
{
    private double _tokens = perSecond;
    private long _since = time.GetTimestamp();

    /// <summary>How long the next message must wait; zero where it need not. It is counted as taken.</summary>
    public TimeSpan Take()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(perSecond, _tokens + (time.GetElapsedTime(_since, now).TotalSeconds * perSecond)) - 1;
        _since = now;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
    }
}
