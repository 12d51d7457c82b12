// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Codecs.SenMl;

/// <summary>A record's numbers as they stand in the pack; its texts are in the pack's rooms.</summary>
internal struct SenMlRecord
{
    public int NameLength;
    public int UnitLength;
    public decimal? Time;
    public double? Value;
    public double? Sum;
    public int At;
    public int ValueAt;
}

/// <summary>The rules of RFC 8428 that JSON and CBOR share: base fields, names, relative times, units, sums; records become readings.</summary>
/// <remarks>Records of one meter and time are one reading. One a thread, used again for every message: texts of base fields hold for later records and are kept here.</remarks>
internal sealed class SenMlPack
{
    /// <summary>Longest name or unit, in bytes of UTF-8 (of JSON: as it is escaped).</summary>
    public const int LongestText = 384;

    /// <summary>Newest version of the format that is understood.</summary>
    public const int Version = 10;

    private const decimal FirstAbsolute = 268_435_456; // 2^28; below, a time is relative to now (RFC 8428, section 4.5.3)
    private const double SecondsPerHour = 3600;
    private static readonly Unit Ratio = Units.Find("pf")!;
    private static readonly Unit Percent = Units.Find("pf%")!;
    private static readonly Unit KilowattHours = Units.Find("kWh")!;
    private static readonly DecodeResult Fine = DecodeResult.Decoded(0);

    [ThreadStatic]
    private static SenMlPack? _ofThread;

    private readonly byte[] _baseName = new byte[LongestText];
    private readonly byte[] _baseUnit = new byte[LongestText];
    private readonly byte[] _name = new byte[LongestText];
    private readonly byte[] _unit = new byte[LongestText];
    private readonly byte[] _fullName = new byte[LongestText * 2];
    private RowTable _rows = RowTable.Take();
    private int _baseNameLength;
    private int _baseUnitLength;
    private decimal _baseTime;
    private double _baseValue;
    private double _baseSum;
    private int _records;

    /// <summary>The thread's pack, empty.</summary>
    public static SenMlPack Begin()
    {
        var pack = _ofThread ??= new SenMlPack();
        pack._rows = RowTable.Take();
        (pack._baseNameLength, pack._baseUnitLength, pack._baseTime, pack._baseValue, pack._baseSum, pack._records) = (0, 0, 0, 0, 0, 0);
        return pack;
    }

    /// <summary>Where the text of a field goes.</summary>
    public byte[] Room(SenMlField field) => field switch
    {
        SenMlField.BaseName => _baseName,
        SenMlField.BaseUnit => _baseUnit,
        SenMlField.Unit => _unit,
        _ => _name,
    };

    /// <summary>Says how much of <see cref="Room"/> the text fills.</summary>
    public void SetLength(SenMlField field, int length, ref SenMlRecord record)
    {
        switch (field)
        {
            case SenMlField.BaseName:
                _baseNameLength = length;
                break;
            case SenMlField.BaseUnit:
                _baseUnitLength = length;
                break;
            case SenMlField.Unit:
                record.UnitLength = length;
                break;
            default:
                record.NameLength = length;
                break;
        }
    }

    public void SetBaseTime(decimal seconds) => _baseTime = seconds;

    public void SetBaseValue(double value) => _baseValue = value;

    public void SetBaseSum(double value) => _baseSum = value;

    /// <summary>That a field must be understood and is not, or the version is newer.</summary>
    public static DecodeResult NotUnderstood(ReadOnlySpan<byte> label, int at) =>
        DecodeResult.Rejected(RejectKind.OutOfRange, at, $"The field '{Excerpt.Of(label)}' must be understood to read the pack, and is not; send RFC 8428 without extensions.");

    /// <summary>That the version is newer.</summary>
    public static DecodeResult TooNew(int at) =>
        DecodeResult.Rejected(RejectKind.OutOfRange, at, FormattableString.Invariant($"The pack's version is newer than {Version}, the newest that is understood."));

    /// <summary>Takes one record.</summary>
    public DecodeResult Take(in SenMlRecord record, in DecodeContext context)
    {
        _records++;
        if (record.Value is null && record.Sum is null)
        {
            return Fine; // base fields only, or a text, boolean or data value: no quantity
        }

        var named = Resolve(record, context, out var meter, out var label);
        if (!named.IsDecoded)
        {
            return named;
        }

        var binding = label.IsEmpty ? context.Label : context.Mapping.FindLabel(label) ?? context.Label;
        if (binding?.Role == KeyRole.Ignored)
        {
            return Fine;
        }

        var time = _baseTime + (record.Time ?? 0);
        var isRelative = time < FirstAbsolute;
        if (!TryMoment(time, isRelative, context.ArrivedAt, out var moment))
        {
            return DecodeResult.Rejected(RejectKind.BadTime, record.At, FormattableString.Invariant($"The time {time} is out of range; send seconds since 1970, or seconds before now."));
        }

        var unit = UnitOf(record, context, binding, out var fault);
        return unit is null ? fault : Add(record, unit, binding, meter, moment, isRelative);
    }

    /// <summary>Makes the readings.</summary>
    public DecodeResult Finish(in DecodeContext context, ReadingBuffer readings, int at)
    {
        if (_records == 0)
        {
            return DecodeResult.Rejected(RejectKind.Empty, at, "The pack is empty; send at least one record.");
        }

        var result = _rows.Finish(context, readings);
        return result is { IsDecoded: true, Count: 0 }
            ? DecodeResult.Rejected(RejectKind.NoValue, at, "No record of the pack is of a quantity that is kept; send one in W, kWh, J, var, V or A, or map its name under Keys.")
            : result;
    }

    private DecodeResult Add(in SenMlRecord record, Unit unit, KeyBinding? binding, MeterId meter, DateTimeOffset moment, bool isRelative)
    {
        if (!_rows.TryFind(meter, moment.UtcTicks, record.At, out var number))
        {
            return RowTable.TooMany(record.At);
        }

        ref var row = ref _rows[number];
        row.SetMeter(meter);
        row.SetTime(moment);
        row.SetQuality(isRelative ? QualityFlags.ArrivalTime : QualityFlags.None);
        if (record.Value is { } value)
        {
            var set = row.SetQuantity(unit, binding, value + _baseValue, record.ValueAt);
            if (!set.IsDecoded)
            {
                return set;
            }
        }

        // A sum is the integral over time in the unit times seconds: of power, that is energy. Of other quantities it has no place here.
        return record.Sum is { } sum && unit.Dimension == Dimension.ActivePower
            ? row.SetQuantity(KilowattHours, null, unit.Convert((sum + _baseSum) * (binding?.Scale ?? 1)) / SecondsPerHour, record.ValueAt)
            : Fine;
    }

    private DecodeResult Resolve(in SenMlRecord record, in DecodeContext context, out MeterId meter, out ReadOnlySpan<byte> label)
    {
        meter = context.Meter;
        label = default;
        _baseName.AsSpan(0, _baseNameLength).CopyTo(_fullName);
        _name.AsSpan(0, record.NameLength).CopyTo(_fullName.AsSpan(_baseNameLength));
        ReadOnlySpan<byte> name = _fullName.AsSpan(0, _baseNameLength + record.NameLength);
        ReadOnlySpan<byte> meterText;
        if (context.Mapping.Name is { } template)
        {
            if (!template.Matches(name, out meterText, out label))
            {
                return DecodeResult.Rejected(RejectKind.BadMeter, record.At, $"The name '{Excerpt.Of(name)}' does not fit the mapping's Name; mend one of them.");
            }
        }
        else
        {
            // By custom the base name is the device and ends in a separator; without one the name is the device, unless the topic names it.
            var isWhole = _baseNameLength == 0 && meter.IsEmpty;
            meterText = isWhole ? name : name[.._baseNameLength].TrimEnd(":/"u8);
            label = isWhole ? default : name[_baseNameLength..];
        }

        return !meter.IsEmpty || context.Names.TryGet(meterText, out meter)
            ? Fine
            : DecodeResult.Rejected(RejectKind.BadMeter, record.At, $"The name '{Excerpt.Of(name)}' gives no valid meter: {MeterNames.Fault(meterText)}. Put {{meter}} in the topic, or say in the mapping's Name which part is the meter.");
    }

    private Unit? UnitOf(in SenMlRecord record, in DecodeContext context, KeyBinding? binding, out DecodeResult fault)
    {
        fault = Fine;
        ReadOnlySpan<byte> text = record.UnitLength == 0 ? _baseUnit.AsSpan(0, _baseUnitLength) : _unit.AsSpan(0, record.UnitLength);
        if (text.IsEmpty)
        {
            var unit = (binding ?? context.Mapping.Value)?.Unit;
            fault = unit is not null ? Fine : DecodeResult.Rejected(RejectKind.NoUnit, record.At, $"A record has no unit (u, bu) and the mapping names none for it; send one of {Units.Known}, or map the record's name under Keys.");
            return unit;
        }

        // A ratio says of what only by its name.
        var isFactor = binding?.Unit?.Dimension == Dimension.PowerFactor;
        return Units.OfPayload(text) ?? (isFactor && text.SequenceEqual("/"u8) ? Ratio : isFactor && text.SequenceEqual("%"u8) ? Percent : null);
    }

    private static bool TryMoment(decimal seconds, bool isRelative, DateTimeOffset arrivedAt, out DateTimeOffset moment)
    {
        if (!isRelative)
        {
            return Instants.TryUnix(seconds, UnixUnit.Seconds, out moment) == InstantFault.None;
        }

        moment = default;
        if (seconds is < -1e10m or > FirstAbsolute)
        {
            return false;
        }

        moment = Instants.Truncate(arrivedAt.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)));
        return true;
    }
}
