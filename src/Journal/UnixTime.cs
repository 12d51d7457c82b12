// SPDX-License-Identifier: Apache-2.0
namespace Detector.Journal;

/// <summary>Instants as they are stored: 100 ns since 1970-01-01T00:00:00Z.</summary>
internal static class UnixTime
{
    private static readonly long Epoch = DateTimeOffset.UnixEpoch.UtcTicks;

    public static long Ticks(DateTimeOffset instant) => instant.UtcTicks - Epoch;

    public static DateTimeOffset At(long ticks) => new(ticks + Epoch, TimeSpan.Zero);

    /// <summary>Whether the number is an instant of the years 1 to 9999.</summary>
    public static bool IsValid(long ticks) => ticks >= -Epoch && ticks <= DateTimeOffset.MaxValue.UtcTicks - Epoch;
}
