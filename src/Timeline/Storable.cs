// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Metering;

namespace Detector.Timeline;

/// <summary>What no store here takes, and when two readings say the same.</summary>
internal static class Storable
{
    private static readonly long FirstMicroseconds = Micros.Of(TimeRange.All.From);
    private static readonly long EndMicroseconds = Micros.Of(TimeRange.All.To);

    /// <summary>Why a reading cannot be stored, or null where it can.</summary>
    public static string? Fault(in Reading reading, long microseconds)
    {
        if (reading.Meter.IsEmpty)
        {
            return "it names no meter";
        }

        if (microseconds < FirstMicroseconds || microseconds >= EndMicroseconds)
        {
            return $"its time {UtcText.Write(reading.Time)} is outside {UtcText.Write(TimeRange.All.From)} to {UtcText.Write(TimeRange.All.To)}";
        }

        if (reading.HasInfinity())
        {
            return "a quantity is infinite";
        }

        var name = reading.Meter.Value.AsSpan();
        return name.IndexOfAnyInRange('\uD800', '\uDFFF') >= 0 && HasLoneSurrogate(name) ? "the meter's name is not valid Unicode" : null;
    }

    /// <summary>What an arrival is where the store, or an earlier place of its batch, already holds its meter and time.</summary>
    /// <param name="held">What is held.</param>
    /// <param name="arrived">What comes.</param>
    /// <param name="completed">What is held with the quantities that it lacked; null where the arrival adds none.</param>
    public static WriteResult Judge(in ArrivedReading held, in ArrivedReading arrived, out ArrivedReading? completed)
    {
        completed = null;
        if (held.Position == arrived.Position && held.Index == arrived.Index)
        {
            return WriteResult.Stored;
        }

        if (Completion.Of(held.Reading, arrived.Reading) is not { } whole)
        {
            return WriteResult.Conflict;
        }

        if (Completion.SameQuantities(whole, held.Reading))
        {
            return WriteResult.Duplicate;
        }

        completed = held with { Reading = whole };
        return WriteResult.Stored;
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<char> name)
    {
        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(name, out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return true;
            }

            name = name[used..];
        }

        return false;
    }
}
