// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>Readings in the making by meter and time, for payloads that give the quantities of one reading in several places.</summary>
/// <remarks>One a thread, used again for every message, so that decoding does not allocate.</remarks>
internal sealed class RowTable
{
    /// <summary>Most readings of one message: a year of quarter hours is 35,136.</summary>
    public const int MostRows = 100_000;

    [ThreadStatic]
    private static RowTable? _ofThread;

    private readonly Dictionary<(MeterId Meter, long Ticks), int> _numbers = [];
    private ReadingAssembler[] _rows = new ReadingAssembler[64];
    private int[] _at = new int[64];

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The thread's table, empty.</summary>
    public static RowTable Take()
    {
        var table = _ofThread ??= new RowTable();
        table.Clear();
        return table;
    }

    /// <summary>A row by its number.</summary>
    public ref ReadingAssembler this[int number] => ref _rows[number];

    /// <summary>Adds a row; false where there are too many.</summary>
    public bool TryAdd(int at, out int number)
    {
        number = Count;
        if (Count == MostRows)
        {
            return false;
        }

        if (Count == _rows.Length)
        {
            Array.Resize(ref _rows, Count * 2);
            Array.Resize(ref _at, Count * 2);
        }

        _rows[Count] = default;
        _at[Count] = at;
        Count++;
        return true;
    }

    /// <summary>The row of a meter and time (zero for the arrival), new where there is none; false where there are too many.</summary>
    public bool TryFind(MeterId meter, long ticks, int at, out int number)
    {
        if (_numbers.TryGetValue((meter, ticks), out number))
        {
            return true;
        }

        if (!TryAdd(at, out number))
        {
            return false;
        }

        _numbers[(meter, ticks)] = number;
        return true;
    }

    /// <summary>Makes a reading of each row that has a quantity, in the order of their adding.</summary>
    public DecodeResult Finish(in DecodeContext context, ReadingBuffer readings)
    {
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            if (_rows[i].HasQuantity)
            {
                var made = _rows[i].Finish(context, _at[i], out var reading);
                if (!made.IsDecoded)
                {
                    return made;
                }

                readings.Add(reading);
                count++;
            }
        }

        return DecodeResult.Decoded(count);
    }

    /// <summary>That there are too many readings in a message.</summary>
    public static DecodeResult TooMany(int at) =>
        DecodeResult.Rejected(RejectKind.TooLarge, at, FormattableString.Invariant($"The message holds more than {MostRows} readings; send it in parts."));

    private void Clear()
    {
        _numbers.Clear();
        Count = 0;
    }
}
