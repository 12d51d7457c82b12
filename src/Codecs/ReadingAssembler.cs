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
    private ulong _met;
    private byte _given;
    private bool _hasTime;
    private ReadingKind? _kind;
    private ReadingKind? _powerKind;
    private ReadingKind? _energyKind;
    private double? _intervalSeconds;
    private double? _keyIntervalSeconds;
    private QualityFlags _quality;
    private DateTimeOffset _time;
    private MeterId _meter;
    private (KeyBinding Binding, double Value, int At)? _bare;
    private Unit? _spoken;

    /// <summary>Whether any quantity was set.</summary>
    public readonly bool HasQuantity => _given != 0 || _bare is not null;

    /// <summary>Whether a time was set.</summary>
    public readonly bool HasTime => _hasTime;

    /// <summary>From one row to the next where only the first one's time is given; null where that or the interval is not known.</summary>
    public readonly TimeSpan? Step(PayloadMapping mapping) =>
        _hasTime && (_intervalSeconds ?? mapping.IntervalSeconds) is > 0 and var seconds ? TimeSpan.FromMicroseconds((long)Math.Round(seconds * 1e6)) : null;

    /// <summary>Takes over what was said once for many elements, where this one does not say otherwise.</summary>
    /// <param name="shared">What was said.</param>
    /// <param name="later">How much later than its time this element is.</param>
    public void Inherit(in ReadingAssembler shared, TimeSpan later)
    {
        _kind ??= shared._kind;
        _intervalSeconds ??= shared._intervalSeconds;
        _quality |= shared._quality;
        _meter = _meter.IsEmpty ? shared._meter : _meter;
        _spoken ??= shared._spoken;
        if (!_hasTime && shared._hasTime && shared._time <= DateTimeOffset.MaxValue - later)
        {
            SetTime(shared._time + later);
        }
    }

    /// <summary>Notes that a key was met; false where it was met before.</summary>
    public bool TryMeet(KeyBinding binding)
    {
        var bit = 1UL << binding.Index;
        var isNew = (_met & bit) == 0;
        _met |= bit;
        return isNew;
    }

    /// <summary>Takes back a key whose value says "not given".</summary>
    public void Unmeet(KeyBinding binding) => _met &= ~(1UL << binding.Index);

    /// <summary>Forgets which keys were met, not what they said: an element may say otherwise than what stands around it.</summary>
    public void ForgetMet() => _met = 0;

    public static DecodeResult Duplicate(ReadOnlySpan<byte> key, int at) =>
        DecodeResult.Rejected(RejectKind.DuplicateKey, at, $"The key '{Excerpt.Of(key)}' occurs twice in one element; send it once.");

    /// <summary>Takes a number for a quantity or the interval.</summary>
    public DecodeResult SetNumber(KeyBinding binding, double number, int at)
    {
        if (!double.IsFinite(number))
        {
            return DecodeResult.Rejected(RejectKind.NonFinite, at, "A number is too large or not a number; leave the key out where the meter has no value.");
        }

        if (binding.Role == KeyRole.Interval)
        {
            _intervalSeconds = number;
            return number is >= 0 and <= PayloadMapping.MaxIntervalSeconds
                ? Fine
                : DecodeResult.Rejected(RejectKind.OutOfRange, at, Text($"interval_s is {number}; it must be from 0 to {PayloadMapping.MaxIntervalSeconds} seconds."));
        }

        if (binding.Unit is not { } unit)
        {
            _bare = (binding, number, at);
            return Fine;
        }

        return Set(unit, binding, number, at);
    }

    /// <summary>Takes a value in a unit that the payload itself names.</summary>
    public DecodeResult SetQuantity(Unit unit, KeyBinding? binding, double number, int at)
    {
        if (!double.IsFinite(number))
        {
            return DecodeResult.Rejected(RejectKind.NonFinite, at, "A number is too large or not a number; leave it out where the meter has no value.");
        }

        return binding?.Unit is { } known && known.Dimension != unit.Dimension
            ? DecodeResult.Rejected(RejectKind.Contradiction, at, $"The payload says {unit.Name} but the mapping says {known.Name} for '{binding.Key}'; mend one of them.")
            : Set(unit, binding, number, at);
    }

    /// <summary>Takes the name of the bare value's unit.</summary>
    public DecodeResult SetUnit(ReadOnlySpan<byte> utf8, int at)
    {
        _spoken = Units.OfPayload(utf8);
        return _spoken is not null
            ? Fine
            : DecodeResult.Rejected(RejectKind.NoUnit, at, $"The unit '{Excerpt.Of(utf8)}' is not known; the units are {Units.Known}.");
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

    public void SetTime(DateTimeOffset moment)
    {
        _time = moment;
        _hasTime = true;
    }

    /// <summary>Takes the text of a key that holds one: time, kind, meter, unit or quality.</summary>
    public DecodeResult SetText(KeyRole role, ReadOnlySpan<byte> text, in DecodeContext context, int at)
    {
        switch (role)
        {
            case KeyRole.Time:
                var read = context.Mapping.Times.Read(text, context.ArrivedAt, at, out var moment);
                SetTime(moment);
                return read;
            case KeyRole.Kind:
                return SetKind(text, at);
            case KeyRole.Meter:
                return SetMeter(text, context.Names, at);
            case KeyRole.Unit:
                return SetUnit(text, at);
            default:
                SetQuality(text);
                return Fine;
        }
    }

    public void SetQuality(ReadOnlySpan<byte> utf8) => _quality |= SourceQuality.Parse(utf8);

    public void SetQuality(QualityFlags flags) => _quality |= flags;

    public void SetMeter(MeterId meter) => _meter = meter;

    public DecodeResult SetMeter(ReadOnlySpan<byte> utf8, MeterNames names, int at) => names.TryGet(utf8, out _meter)
        ? Fine
        : DecodeResult.Rejected(RejectKind.BadMeter, at, $"The element names no valid meter: {MeterNames.Fault(utf8)}. Rename the meter.");

    /// <summary>Makes the reading of what was collected.</summary>
    public DecodeResult Finish(in DecodeContext context, int at, out Reading reading)
    {
        reading = default;
        var meter = _meter.IsEmpty ? context.Meter : _meter;
        if (meter.IsEmpty)
        {
            return DecodeResult.Rejected(RejectKind.BadMeter, at, "Neither the topic nor the element names a meter; add the meter's tag or {meter} to the topic.");
        }

        if (_bare is { } bare)
        {
            var settled = SettleBare(context, bare.Binding, bare.Value, bare.At);
            if (!settled.IsDecoded)
            {
                return settled;
            }
        }

        const byte apparentOnly = 1 << (int)Dimension.ApparentPower;
        if (_given is 0 or apparentOnly)
        {
            return DecodeResult.Rejected(RejectKind.NoValue, at, _given == 0
                ? "The element carries no quantity; send one of kw, w, mw, kwh, kvar, pf, v, a, or map its key under Codecs:Mappings."
                : "Apparent power alone does not say how much active power there is; send kw, kwh, kvar, v or a too.");
        }

        reading = new Reading(meter, _hasTime ? _time : context.ArrivedAt)
        {
            PowerKilowatts = Get(Dimension.ActivePower),
            ReactiveKilovars = Get(Dimension.ReactivePower),
            PowerFactor = Factor(),
            Volts = Get(Dimension.Voltage),
            Amperes = Get(Dimension.Current),
            Quality = _quality | (_hasTime ? QualityFlags.None : QualityFlags.ArrivalTime),
        };
        return GiveMeaning(context.Mapping, Get(Dimension.Energy), at, ref reading);
    }

    private DecodeResult SettleBare(in DecodeContext context, KeyBinding binding, double value, int at)
    {
        var named = context.Label ?? context.Mapping.Value;
        if (_spoken is { } spoken)
        {
            return named is { Unit: not null } ? SetQuantity(spoken, named, value * binding.Scale, at) : Set(spoken, named ?? binding, value * binding.Scale, at);
        }

        if (named is { Unit: { } unit })
        {
            return Set(unit, named, value * binding.Scale, at);
        }

        // Beside other quantities a value without a unit is one more unknown key; alone it would be lost.
        return _given != 0
            ? Fine
            : DecodeResult.Rejected(RejectKind.NoUnit, at, $"The value has no unit; send its unit with it, or name it in the mapping: Unit, or the unit of the topic's quantity under Keys. The units are {Units.Known}.");
    }

    private DecodeResult Set(Unit unit, KeyBinding? binding, double number, int at)
    {
        var value = unit.Convert(binding is null ? number : number * binding.Scale);
        var bit = (byte)(1 << (int)unit.Dimension);
        if ((_given & bit) != 0 && !Agree(_values[(int)unit.Dimension], value))
        {
            return DecodeResult.Rejected(RejectKind.Contradiction, at, "The same quantity is given twice with different values; send it once, or map one of the keys to ignore.");
        }

        _values[(int)unit.Dimension] = (_given & bit) == 0 ? value : _values[(int)unit.Dimension];
        _given |= bit;
        _keyIntervalSeconds = binding?.IntervalSeconds ?? _keyIntervalSeconds;
        if (unit.Dimension == Dimension.PowerFactor && Math.Abs(value) > 1)
        {
            return DecodeResult.Rejected(RejectKind.OutOfRange, at, Text($"The power factor is {value}; it must be from -1 to 1, so divide a percentage by 100."));
        }

        _powerKind = unit.Dimension == Dimension.ActivePower ? binding?.Kind ?? _powerKind : _powerKind;
        _energyKind = unit.Dimension == Dimension.Energy ? binding?.Kind ?? _energyKind : _energyKind;
        return Fine;
    }

    private readonly DecodeResult GiveMeaning(PayloadMapping mapping, double energy, int at, ref Reading reading)
    {
        var hasPower = !double.IsNaN(reading.PowerKilowatts);
        var hasEnergy = !double.IsNaN(energy);
        var seconds = _intervalSeconds ?? _keyIntervalSeconds ?? mapping.IntervalSeconds;
        var ofKeys = hasPower ? _powerKind : _energyKind;
        var kind = _kind ?? ofKeys ?? mapping.Kind ?? (hasEnergy && !hasPower ? ReadingKind.Register : seconds > 0 ? ReadingKind.IntervalMean : ReadingKind.Instantaneous);
        var interval = kind == ReadingKind.Instantaneous ? TimeSpan.Zero : TimeSpan.FromMicroseconds((long)Math.Round(seconds * 1e6));
        reading = reading with { Kind = kind, Interval = interval, RegisterKilowattHours = energy };
        if (kind == ReadingKind.IntervalEnergy)
        {
            return IntervalEnergy.ToMeanPower(energy, hasPower, seconds, at, ref reading);
        }

        if (hasEnergy && hasPower && _energyKind == ReadingKind.IntervalEnergy)
        {
            return DecodeResult.Rejected(RejectKind.Contradiction, at, $"The energy is of an interval but the power beside it is {PayloadMapping.NameOf(kind)}; send them in elements of their own.");
        }

        if (kind == ReadingKind.Register && !hasEnergy)
        {
            return DecodeResult.Rejected(RejectKind.Contradiction, at, "The kind is register but there is no kwh; send the register or another kind.");
        }

        return hasEnergy && !hasPower && kind != ReadingKind.Register
            ? DecodeResult.Rejected(RejectKind.Contradiction, at, $"kwh alone cannot be of the kind {PayloadMapping.NameOf(kind)}; it is a register, or interval_energy with interval_s.")
            : Fine;
    }

    // Arithmetic, not a guess: the power factor is active over apparent power. Rounding may put the quotient a little over 1.
    private readonly double Factor()
    {
        var factor = Get(Dimension.PowerFactor);
        var ratio = Get(Dimension.ActivePower) / Get(Dimension.ApparentPower);
        return !double.IsNaN(factor) || !(Math.Abs(ratio) <= 1 + Agreement) ? factor : Math.Clamp(ratio, -1, 1);
    }

    /// <summary>Whether two values are one, but for rounding.</summary>
    public static bool Agree(double a, double b) => Math.Abs(a - b) <= Agreement * Math.Max(Math.Abs(a), Math.Abs(b));

    private readonly double Get(Dimension dimension) => (_given & (1 << (int)dimension)) != 0 ? _values[(int)dimension] : double.NaN;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [InlineArray(7)]
    private struct Values
    {
        private double _first;
    }
}
