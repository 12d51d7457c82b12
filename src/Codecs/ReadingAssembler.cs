// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Runtime.CompilerServices;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>Collects the keys of one element and makes the reading: the rules that every codec shares.</summary>
/// <remarks>A result with <see cref="DecodeResult.IsDecoded"/> says that nothing is wrong so far.</remarks>
internal struct ReadingAssembler
{
    /// <summary>Same quantity in two units may differ by this share before it counts as a contradiction: rounding to three digits.</summary>
    public const double Agreement = 1e-3;

    private static readonly DecodeResult Fine = DecodeResult.Decoded(0);
    private Values _values;
    private uint _seen;
    private ReadingKind? _kind;
    private double _intervalSeconds;
    private QualityFlags _quality;
    private DateTimeOffset _time;
    private MeterId _meter;

    /// <summary>Notes that a key was met; false where it was met before.</summary>
    public bool TryMeet(KeyRole role)
    {
        var bit = 1u << (int)role;
        var isNew = (_seen & bit) == 0;
        _seen |= bit;
        return isNew;
    }

    /// <summary>Takes back a key whose value says "not given".</summary>
    public void Unmeet(KeyRole role) => _seen &= ~(1u << (int)role);

    public static DecodeResult Duplicate(ReadOnlySpan<byte> key, int at) =>
        DecodeResult.Rejected(RejectKind.DuplicateKey, at, $"The key '{Excerpt.Of(key)}' occurs twice in one element; send it once.");

    public DecodeResult SetNumber(KeyRole role, double number, int at)
    {
        if (!double.IsFinite(number))
        {
            return DecodeResult.Rejected(RejectKind.NonFinite, at, "A number is too large or not a number; leave the key out where the meter has no value.");
        }

        if (role == KeyRole.Interval)
        {
            _intervalSeconds = number;
            return number is >= 0 and <= PayloadMapping.MaxIntervalSeconds
                ? Fine
                : DecodeResult.Rejected(RejectKind.OutOfRange, at, Text($"interval_s is {number}; it must be from 0 to {PayloadMapping.MaxIntervalSeconds} seconds."));
        }

        _values[role - KeyRole.FirstQuantity] = number;
        return role == PowerFactorRole && Math.Abs(number) > 1
            ? DecodeResult.Rejected(RejectKind.OutOfRange, at, Text($"The power factor is {number}; it must be from -1 to 1, so divide a percentage by 100."))
            : Fine;
    }

    public DecodeResult SetKind(ReadOnlySpan<byte> utf8, int at)
    {
        if (!PayloadMapping.TryKind(utf8, out var kind))
        {
            return DecodeResult.Rejected(RejectKind.OutOfRange, at, $"The kind '{Excerpt.Of(utf8)}' is not known; the kinds are {PayloadMapping.KindsKnown}.");
        }

        _kind = kind;
        return Fine;
    }

    public DecodeResult SetTime(InstantFault fault, DateTimeOffset moment, ReadOnlySpan<byte> utf8, int at)
    {
        _time = moment;
        return fault switch
        {
            InstantFault.None => Fine,
            InstantFault.NoZone => DecodeResult.Rejected(RejectKind.BadTime, at, $"The time '{Excerpt.Of(utf8)}' has no zone; append Z for UTC or an offset such as +08:00."),
            InstantFault.OutOfRange => DecodeResult.Rejected(RejectKind.BadTime, at, $"The time '{Excerpt.Of(utf8)}' has a field out of range; send an existing date and time."),
            _ => DecodeResult.Rejected(RejectKind.BadTime, at, $"The time '{Excerpt.Of(utf8)}' is neither ISO 8601 with a zone nor a Unix time."),
        };
    }

    public void SetQuality(ReadOnlySpan<byte> utf8) => _quality = SourceQuality.Parse(utf8);

    public void SetQuality(QualityFlags flags) => _quality = flags;

    public DecodeResult SetMeter(ReadOnlySpan<byte> utf8, MeterNames names, int at) => names.TryGet(utf8, out _meter)
        ? Fine
        : DecodeResult.Rejected(RejectKind.BadMeter, at, $"The element names no valid meter: {MeterNames.Fault(utf8)}. Rename the meter.");

    /// <summary>Makes the reading of what was collected.</summary>
    public DecodeResult Finish(in DecodeContext context, int at, out Reading reading)
    {
        reading = default;
        var meter = context.Meter.IsEmpty ? _meter : context.Meter;
        if (meter.IsEmpty)
        {
            return DecodeResult.Rejected(RejectKind.BadMeter, at, "Neither the topic nor the element names a meter; add the meter's tag or {meter} to the topic.");
        }

        if (_seen >> (int)KeyRole.FirstQuantity == 0)
        {
            return DecodeResult.Rejected(RejectKind.NoValue, at, "The element carries no quantity; send one of kw, w, mw, kwh, kvar, pf, v, a, or map its key under Codecs:Mappings.");
        }

        if (!TryMerge(Quantity.Kilowatts, Quantity.Watts, Quantity.Megawatts, out var power)
            || !TryMerge(Quantity.KilowattHours, Quantity.WattHours, Quantity.MegawattHours, out var energy)
            || !TryMerge(Quantity.Kilovars, Quantity.Vars, null, out var reactive))
        {
            return DecodeResult.Rejected(RejectKind.Contradiction, at, "The same quantity is given in two units with different values; send it once.");
        }

        var isArrival = !Has(KeyRole.Time);
        reading = new Reading(meter, isArrival ? context.ArrivedAt : _time)
        {
            PowerKilowatts = power,
            ReactiveKilovars = reactive,
            PowerFactor = Get(Quantity.PowerFactor),
            Volts = Get(Quantity.Volts),
            Amperes = Get(Quantity.Amperes),
            Quality = _quality | (isArrival ? QualityFlags.ArrivalTime : QualityFlags.None),
        };
        return GiveMeaning(context.Mapping, energy, at, ref reading);
    }

    private readonly DecodeResult GiveMeaning(PayloadMapping mapping, double energy, int at, ref Reading reading)
    {
        var hasPower = !double.IsNaN(reading.PowerKilowatts);
        var hasEnergy = !double.IsNaN(energy);
        var seconds = Has(KeyRole.Interval) ? _intervalSeconds : mapping.IntervalSeconds;
        var kind = _kind ?? mapping.Kind ?? (hasEnergy && !hasPower ? ReadingKind.Register : seconds > 0 ? ReadingKind.IntervalMean : ReadingKind.Instantaneous);
        var interval = kind == ReadingKind.Instantaneous ? TimeSpan.Zero : TimeSpan.FromMicroseconds((long)Math.Round(seconds * 1e6));
        reading = reading with { Kind = kind, Interval = interval, RegisterKilowattHours = energy };
        if (kind == ReadingKind.IntervalEnergy)
        {
            return OfEnergy(energy, hasPower, seconds, at, ref reading);
        }

        if (kind == ReadingKind.Register && !hasEnergy)
        {
            return DecodeResult.Rejected(RejectKind.Contradiction, at, "The kind is register but there is no kwh; send the register or another kind.");
        }

        return hasEnergy && !hasPower && kind != ReadingKind.Register
            ? DecodeResult.Rejected(RejectKind.Contradiction, at, $"kwh alone cannot be of the kind {PayloadMapping.NameOf(kind)}; it is a register, or interval_energy with interval_s.")
            : Fine;
    }

    private static DecodeResult OfEnergy(double energy, bool hasPower, double seconds, int at, ref Reading reading)
    {
        if (seconds <= 0)
        {
            return DecodeResult.Rejected(RejectKind.NoValue, at, "The kind is interval_energy but the interval's length is unknown; send interval_s or map IntervalSeconds.");
        }

        if (double.IsNaN(energy))
        {
            return hasPower ? Fine : DecodeResult.Rejected(RejectKind.NoValue, at, "The kind is interval_energy but there is no kwh.");
        }

        var mean = energy / (seconds / 3600);
        if (hasPower && !Agree(mean, reading.PowerKilowatts))
        {
            return DecodeResult.Rejected(RejectKind.Contradiction, at, Text($"{energy} kWh in {seconds} s are {mean} kW, but the element says {reading.PowerKilowatts} kW; send one of them."));
        }

        reading = reading with { PowerKilowatts = mean, RegisterKilowattHours = double.NaN };
        return Fine;
    }

    private readonly bool TryMerge(Quantity unit, Quantity milli, Quantity? kilo, out double value)
    {
        var first = Get(unit);
        var second = Get(milli) / 1000;
        var third = kilo is { } k ? Get(k) * 1000 : double.NaN;
        value = !double.IsNaN(first) ? first : !double.IsNaN(second) ? second : third;
        return Agree(first, second) && Agree(first, third) && Agree(second, third);
    }

    private static bool Agree(double a, double b) => double.IsNaN(a) || double.IsNaN(b) || Math.Abs(a - b) <= Agreement * Math.Max(Math.Abs(a), Math.Abs(b));

    private readonly bool Has(KeyRole role) => (_seen & (1u << (int)role)) != 0;

    private readonly double Get(Quantity quantity)
    {
        var role = KeyRole.FirstQuantity + (byte)quantity - 1;
        return Has(role) ? _values[role - KeyRole.FirstQuantity] : double.NaN;
    }

    private static KeyRole PowerFactorRole => KeyRole.FirstQuantity + (byte)Quantity.PowerFactor - 1;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [InlineArray(11)]
    private struct Values
    {
        private double _first;
    }
}
