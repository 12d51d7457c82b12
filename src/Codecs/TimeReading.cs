// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>Reads times as a mapping says: format, unit of numbers, and the zone of times that name none.</summary>
internal sealed class TimeReading(UnixUnit precision, string? format, TimeZoneInfo? zone)
{
    private const int LongestText = 64;
    private readonly bool _formatHasZone = format is not null && HasZone(format);
    private readonly bool _textMayLackZone = format is not null && !Has(format, 'z');

    /// <summary>Unit of numeric times.</summary>
    public UnixUnit Precision { get; } = precision;

    /// <summary>Whether a custom format may name the zone itself: <c>z</c> outside of quotes does, <c>K</c> where the text has one.</summary>
    public static bool HasZone(string format) => Has(format, 'z') || Has(format, 'K');

    private static bool Has(string format, char specifier)
    {
        var quoted = false;
        foreach (var c in format)
        {
            quoted ^= c is '\'' or '"';
            if (!quoted && c == specifier)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a time; what names no zone is of the mapping's, and an hour that occurs twice is the one nearer to the arrival.</summary>
    public DecodeResult Read(ReadOnlySpan<byte> utf8, DateTimeOffset arrivedAt, int at, out DateTimeOffset moment)
    {
        if (format is not null)
        {
            return ReadFormat(utf8, arrivedAt, at, out moment);
        }

        var fault = Instants.TryParse(utf8, Precision, out moment);
        if (fault != InstantFault.NoZone || zone is null || utf8.Length > LongestText)
        {
            return Answer(fault, utf8, at);
        }

        Span<byte> zoned = stackalloc byte[LongestText + 1];
        var text = utf8.TrimEnd(" \t"u8);
        text.CopyTo(zoned);
        zoned[text.Length] = (byte)'Z';
        fault = Instants.TryParse(zoned[..(text.Length + 1)], Precision, out var local);
        return fault == InstantFault.None ? ToMoment(local.DateTime, utf8, arrivedAt, at, out moment) : Answer(fault, utf8, at);
    }

    /// <summary>Reads a numeric time.</summary>
    public DecodeResult ReadNumber(ReadOnlySpan<byte> number, int at, out DateTimeOffset moment)
    {
        moment = default;
        var fault = format is null
            ? decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? Instants.TryUnix(value, Precision, out moment) : InstantFault.OutOfRange
            : InstantFault.NotATime;
        return Answer(fault, number, at);
    }

    private DecodeResult ReadFormat(ReadOnlySpan<byte> utf8, DateTimeOffset arrivedAt, int at, out DateTimeOffset moment)
    {
        moment = default;
        Span<char> chars = stackalloc char[LongestText];
        if (utf8.Length <= LongestText)
        {
            var text = chars[..Encoding.UTF8.GetChars(utf8, chars)].Trim();
            if (_formatHasZone)
            {
                // The kind tells whether the text itself had a zone; without one it must not become the zone of this machine.
                if (_textMayLackZone && DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var named) && named.Kind == DateTimeKind.Unspecified)
                {
                    return zone is null ? Answer(InstantFault.NoZone, utf8, at) : ToMoment(named, utf8, arrivedAt, at, out moment);
                }

                if (DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var zoned))
                {
                    moment = Instants.Truncate(zoned);
                    return DecodeResult.Decoded(0);
                }
            }
            else if (DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            {
                return ToMoment(local, utf8, arrivedAt, at, out moment);
            }
        }

        return DecodeResult.Rejected(RejectKind.BadTime, at, $"The time '{Excerpt.Of(utf8)}' is not of the mapping's TimeFormat '{format}'.");
    }

    private DecodeResult ToMoment(DateTime local, ReadOnlySpan<byte> utf8, DateTimeOffset arrivedAt, int at, out DateTimeOffset moment)
    {
        moment = default;
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone!.IsInvalidTime(local))
        {
            return DecodeResult.Rejected(RejectKind.BadTime, at, $"The time '{Excerpt.Of(utf8)}' does not exist in {zone.Id}: the clocks were put forward over it. Send times with a zone.");
        }

        var offset = zone.GetUtcOffset(local);
        if (zone.IsAmbiguousTime(local))
        {
            foreach (var candidate in zone.GetAmbiguousTimeOffsets(local))
            {
                var isNearer = Distance(local, candidate, arrivedAt) < Distance(local, offset, arrivedAt);
                offset = isNearer ? candidate : offset;
            }
        }

        var ticks = local.Ticks - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return Answer(InstantFault.OutOfRange, utf8, at);
        }

        moment = Instants.Truncate(new DateTimeOffset(ticks, TimeSpan.Zero));
        return DecodeResult.Decoded(0);
    }

    private static long Distance(DateTime local, TimeSpan offset, DateTimeOffset arrivedAt) => Math.Abs(local.Ticks - offset.Ticks - arrivedAt.UtcTicks);

    private static DecodeResult Answer(InstantFault fault, ReadOnlySpan<byte> utf8, int at) => fault switch
    {
        InstantFault.None => DecodeResult.Decoded(0),
        InstantFault.NoZone => DecodeResult.Rejected(RejectKind.BadTime, at, $"The time '{Excerpt.Of(utf8)}' has no zone; append Z for UTC or an offset such as +08:00, or name the mapping's TimeZone."),
        InstantFault.OutOfRange => DecodeResult.Rejected(RejectKind.BadTime, at, $"The time '{Excerpt.Of(utf8)}' has a field out of range; send an existing date and time."),
        _ => DecodeResult.Rejected(RejectKind.BadTime, at, $"The time '{Excerpt.Of(utf8)}' is neither ISO 8601 with a zone nor a Unix time; another format is the mapping's TimeFormat."),
    };
}
