// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Detector.Metering;
using SpreadCheetah;

namespace Detector.Cases.Lists;

/// <summary>A list as an XLSX workbook: text is text cells and nothing else, so no spreadsheet runs any of it; the same list gives the same bytes.</summary>
public static class ListXlsx
{
    /// <summary>Media type of the file.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Rows of a sheet, its head counted; a longer list goes on in another (a sheet has at most 1,048,576).</summary>
    public const int RowsOfSheet = 1_000_000;

    private const int LongestCell = 32_767; // characters that the format allows

    private static readonly DateTimeOffset Dated = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a list.</summary>
    /// <param name="table">The list.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="rowsOfSheet">Rows of a sheet, 2 to <see cref="RowsOfSheet"/>.</param>
    public static async Task WriteAsync(ListTable table, Stream output, CancellationToken cancel, int rowsOfSheet = RowsOfSheet)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(output);
        using var made = new MemoryStream();
        var options = new SpreadCheetahOptions { DocumentProperties = null }; // they say when the file was made
        await using (var book = await Spreadsheet.CreateNewAsync(made, options, cancel))
        {
            var (sheets, rows) = (1, 1);
            await BeginAsync(book, table, sheets, cancel);
            foreach (var row in table.Rows)
            {
                if (rows == rowsOfSheet)
                {
                    await BeginAsync(book, table, ++sheets, cancel);
                    rows = 1;
                }

                await book.AddRowAsync(row.Select(Cell).ToArray(), cancel);
                rows++;
            }

            await book.FinishAsync(cancel);
        }

        await RedateAsync(made, output, cancel);
    }

    private static async Task BeginAsync(Spreadsheet book, ListTable table, int sheet, CancellationToken cancel)
    {
        await book.StartWorksheetAsync(sheet == 1 ? table.Name : string.Create(CultureInfo.InvariantCulture, $"{table.Name} {sheet}"), token: cancel);
        await book.AddRowAsync(table.Heads.Select(h => new DataCell(h)).ToArray(), cancel);
    }

    /// <summary>The same workbook with its entries dated alike: else the hour in which it was made would be part of its bytes.</summary>
    private static async Task RedateAsync(MemoryStream made, Stream output, CancellationToken cancel)
    {
        made.Position = 0;
        await using var from = new ZipArchive(made, ZipArchiveMode.Read);
        using var file = new MemoryStream();
        await using (var to = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var entry in from.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = Dated;
                await using var read = await entry.OpenAsync(cancel);
                await using var write = await copy.OpenAsync(cancel);
                await read.CopyToAsync(write, cancel);
            }
        }

        file.Position = 0;
        await file.CopyToAsync(output, cancel);
    }

    private static DataCell Cell(object? value) => value switch
    {
        null => default,
        double number => new DataCell(number),
        decimal number => new DataCell(number),
        int number => new DataCell(number),
        long number => new DataCell(number),
        DateTimeOffset time => new DataCell(UtcText.Write(time)),
        _ => new DataCell(Text(value.ToString() ?? string.Empty)),
    };

    /// <summary>Text as the format can hold it: what XML has no place for becomes U+FFFD, and what is too long ends in an ellipsis.</summary>
    private static string Text(string text)
    {
        var readable = text.Any(c => !IsXml(c)) ? string.Concat(text.EnumerateRunes().Select(r => r.IsBmp && !IsXml((char)r.Value) ? "\ufffd" : r.ToString())) : text;
        return readable.Length <= LongestCell ? readable : readable[..(LongestCell - 1)] + "…";
    }

    private static bool IsXml(char c) => (c >= ' ' && c is not ('\ufffe' or '\uffff')) ? !char.IsSurrogate(c) : c is '\t' or '\n' or '\r';
}
