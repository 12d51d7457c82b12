// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs.SenMl;

/// <summary>The fields of a record.</summary>
internal enum SenMlField : byte
{
    Unknown,
    MustUnderstand,
    BaseVersion,
    BaseName,
    BaseTime,
    BaseUnit,
    BaseValue,
    BaseSum,
    Name,
    Unit,
    Value,
    TextValue,
    BooleanValue,
    DataValue,
    Sum,
    Time,
    UpdateTime,
}

/// <summary>Fields by their labels, and what JSON and CBOR do with them alike.</summary>
internal static class SenMlFields
{
    /// <summary>Past the year 9999 in seconds; beyond it nothing is added to a time.</summary>
    public const decimal LatestTime = 1e12m;

    private static readonly (byte[] Label, int Number, SenMlField Field)[] All =
    [
        ("bver"u8.ToArray(), -1, SenMlField.BaseVersion), ("bn"u8.ToArray(), -2, SenMlField.BaseName), ("bt"u8.ToArray(), -3, SenMlField.BaseTime),
        ("bu"u8.ToArray(), -4, SenMlField.BaseUnit), ("bv"u8.ToArray(), -5, SenMlField.BaseValue), ("bs"u8.ToArray(), -6, SenMlField.BaseSum),
        ("n"u8.ToArray(), 0, SenMlField.Name), ("u"u8.ToArray(), 1, SenMlField.Unit), ("v"u8.ToArray(), 2, SenMlField.Value),
        ("vs"u8.ToArray(), 3, SenMlField.TextValue), ("vb"u8.ToArray(), 4, SenMlField.BooleanValue), ("s"u8.ToArray(), 5, SenMlField.Sum),
        ("t"u8.ToArray(), 6, SenMlField.Time), ("ut"u8.ToArray(), 7, SenMlField.UpdateTime), ("vd"u8.ToArray(), 8, SenMlField.DataValue),
    ];

    /// <summary>The field of a label; one that ends in an underscore and is not known must be understood (RFC 8428, section 4.4).</summary>
    public static SenMlField Of(ReadOnlySpan<byte> label)
    {
        foreach (var (known, _, field) in All)
        {
            if (label.SequenceEqual(known))
            {
                return field;
            }
        }

        return label.EndsWith("_"u8) ? SenMlField.MustUnderstand : SenMlField.Unknown;
    }

    /// <summary>The field of a CBOR label.</summary>
    public static SenMlField Of(long number)
    {
        foreach (var (_, known, field) in All)
        {
            if (number == known)
            {
                return field;
            }
        }

        return SenMlField.Unknown;
    }

    public static bool IsText(SenMlField field) => field is SenMlField.BaseName or SenMlField.BaseUnit or SenMlField.Name or SenMlField.Unit;

    public static bool IsNumber(SenMlField field) =>
        field is SenMlField.BaseVersion or SenMlField.BaseTime or SenMlField.BaseValue or SenMlField.BaseSum or SenMlField.Value or SenMlField.Sum or SenMlField.Time;

    public static DecodeResult SetTime(SenMlField field, decimal seconds, SenMlPack pack, ref SenMlRecord record)
    {
        if (field == SenMlField.Time)
        {
            record.Time = seconds;
        }
        else
        {
            pack.SetBaseTime(seconds);
        }

        return DecodeResult.Decoded(0);
    }

    public static DecodeResult SetNumber(SenMlField field, double number, int at, SenMlPack pack, ref SenMlRecord record)
    {
        switch (field)
        {
            case SenMlField.BaseVersion when number > SenMlPack.Version:
                return SenMlPack.TooNew(at);
            case SenMlField.BaseValue:
                pack.SetBaseValue(number);
                break;
            case SenMlField.BaseSum:
                pack.SetBaseSum(number);
                break;
            case SenMlField.Value:
                (record.Value, record.ValueAt) = (number, at);
                break;
            case SenMlField.Sum:
                record.Sum = number;
                record.ValueAt = record.Value is null ? at : record.ValueAt;
                break;
        }

        return DecodeResult.Decoded(0);
    }
}
