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

    /// <summary>Whether two readings of one meter and time say the same: kind, interval and all quantities; flags are judgement, not values.</summary>
    public static bool SameValues(in Reading one, in Reading other) =>
        one.Kind == other.Kind
        && Micros.Of(one.Interval) == Micros.Of(other.Interval)
        && one.PowerKilowatts.Equals(other.PowerKilowatts)
        && one.RegisterKilowattHours.Equals(other.RegisterKilowattHours)
        && one.ReactiveKilovars.Equals(other.ReactiveKilovars)
        && one.PowerFactor.Equals(other.PowerFactor)
        && one.Volts.Equals(other.Volts)
        && one.Amperes.Equals(other.Amperes);

    /// <summary>What an arrival is where the store, or an earlier place of its batch, already holds its meter and time.</summary>
    public static WriteResult Judge(in ArrivedReading held, in ArrivedReading arrived)
    {
        if (held.Position == arrived.Position && held.Index == arrived.Index)
        {
            return WriteResult.Stored;
        }

        return SameValues(held.Reading, arrived.Reading) ? WriteResult.Duplicate : WriteResult.Conflict;
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
