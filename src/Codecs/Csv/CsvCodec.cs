// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs.Csv;

/// <summary>Lines of delimited text, with a header or with the mapping's columns. See the README beside this file.</summary>
internal sealed class CsvCodec : IPayloadCodec
{
    private const int MostColumns = 64;

    [ThreadStatic]
    private static KeyBinding?[]? _header;

    /// <inheritdoc />
    public string Name => "csv";

    /// <inheritdoc />
    public DecodeResult Decode(ReadOnlySpan<byte> payload, in DecodeContext context, ReadingBuffer readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var mark = readings.Mark();
        var fields = new CsvFields(payload, payload.StartsWith("\uFEFF"u8) ? 3 : 0, context.Mapping.Csv.Delimiter);
        var result = ReadHeader(ref fields, context, out var columns);
        var isData = false;
        while (result.IsDecoded && fields.TryBeginLine())
        {
            isData = true;
            result = ReadLine(ref fields, columns, context, readings);
            if (result.IsDecoded && readings.Count - mark > RowTable.MostRows)
            {
                result = RowTable.TooMany(fields.LineStart);
            }
        }

        if (result.IsDecoded && readings.Count == mark)
        {
            result = isData
                ? DecodeResult.Rejected(RejectKind.NoValue, fields.LineStart, "No line carries a value; send at least one reading.")
                : DecodeResult.Rejected(RejectKind.Empty, payload.Length, "There is no line of data; send at least one.");
        }

        if (!result.IsDecoded)
        {
            readings.Truncate(mark);
            return result;
        }

        return DecodeResult.Decoded(readings.Count - mark);
    }

    private static DecodeResult ReadHeader(ref CsvFields fields, in DecodeContext context, out ReadOnlySpan<KeyBinding?> columns)
    {
        if (context.Mapping.Csv.Columns is { } configured)
        {
            columns = configured;
            return DecodeResult.Decoded(0);
        }

        columns = default;
        var header = _header ??= new KeyBinding?[MostColumns];
        var count = 0;
        var hasQuantity = false;
        if (!fields.TryBeginLine())
        {
            return DecodeResult.Rejected(RejectKind.Empty, 0, "There is no line; send a header and at least one line of data.");
        }

        while (fields.TryNext(out var name))
        {
            if (count == MostColumns)
            {
                return DecodeResult.Rejected(RejectKind.TooLarge, fields.FieldStart, FormattableString.Invariant($"There are more than {MostColumns} columns; send those that are needed."));
            }

            var binding = context.Mapping.FindUsed(name);
            if (binding is not null && header.AsSpan(0, count).Contains(binding))
            {
                return ReadingAssembler.Duplicate(name, fields.FieldStart);
            }

            header[count++] = binding;
            hasQuantity |= binding?.Role == KeyRole.Quantity;
        }

        columns = header.AsSpan(0, count);
        return fields.Fault ?? (hasQuantity
            ? DecodeResult.Decoded(0)
            : DecodeResult.Rejected(RejectKind.NoValue, fields.LineStart, "The first line names no known quantity; send a header with kw, w, mw, kwh, kvar, pf, v or a, map other names under Keys, or list the columns under Csv:Columns."));
    }

    private static DecodeResult ReadLine(ref CsvFields fields, scoped ReadOnlySpan<KeyBinding?> columns, in DecodeContext context, ReadingBuffer readings)
    {
        var assembler = default(ReadingAssembler);
        var count = 0;
        while (fields.TryNext(out var text))
        {
            if (count == columns.Length)
            {
                return DecodeResult.Rejected(RejectKind.Malformed, fields.FieldStart, FormattableString.Invariant($"The line has more than the {columns.Length} columns; quote fields that hold the delimiter."));
            }

            var binding = columns[count++];
            var result = binding is null || text.IsEmpty ? DecodeResult.Decoded(0) : Take(binding, text, fields.FieldStart, context, ref assembler);
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        if (fields.Fault is { } fault)
        {
            return fault;
        }

        if (count < columns.Length)
        {
            var at = fields.Position;
            return DecodeResult.Rejected(fields.IsAtEnd ? RejectKind.Truncated : RejectKind.Malformed, at, FormattableString.Invariant($"The line has {count} of {columns.Length} columns; send them all, empty where there is no value."));
        }

        // A line of which every value is empty says that there was none: a gap, not a fault.
        if (!assembler.HasQuantity)
        {
            return DecodeResult.Decoded(0);
        }

        var made = assembler.Finish(context, fields.LineStart, out var reading);
        if (made.IsDecoded)
        {
            readings.Add(reading);
        }

        return made;
    }

    private static DecodeResult Take(KeyBinding binding, ReadOnlySpan<byte> text, int at, in DecodeContext context, ref ReadingAssembler assembler)
    {
        if (binding.Role is not (KeyRole.Quantity or KeyRole.Interval))
        {
            return assembler.SetText(binding.Role, text, context, at);
        }

        return CsvFields.TryNumber(text, context.Mapping.Csv.HasDecimalComma, out var number)
            ? assembler.SetNumber(binding, number, at)
            : DecodeResult.Rejected(RejectKind.WrongType, at, $"'{Excerpt.Of(text)}' in the column '{binding.Key}' is not a number; a decimal comma is the mapping's Csv:Decimal.");
    }
}
