// SPDX-License-Identifier: Apache-2.0
using PdfSharp.Drawing;

namespace Detector.Cases.Printing;

/// <summary>Sets a table: columns as wide as what they hold asks for, rows that go on over pages, the head on each of them.</summary>
internal sealed class PdfTable
{
    private const double Size = 7.2;
    private const double LineHeight = Size * 1.3;
    private const double Padding = 3;
    private const int LeastLines = 3; // of a row that goes on, so that no page ends with a shred of one

    private static readonly XColor Rule = XColor.FromArgb(0xbb, 0xbb, 0xbb);
    private static readonly XColor Shade = XColor.FromArgb(0xee, 0xee, 0xee);

    private readonly PdfPage _page;
    private readonly string[] _heads;
    private readonly string[][] _rows;
    private readonly double[] _widths;

    /// <summary>Measures a table.</summary>
    public PdfTable(PdfPage page, string[] heads, IEnumerable<object?[]> rows)
    {
        _page = page;
        _heads = [.. heads.Select(PrintFont.Printable)];
        _rows = [.. rows.Select(row => row.Select(cell => PrintFont.Printable(CellText.Of(cell))).ToArray())];
        _widths = Shares([.. Enumerable.Range(0, heads.Length).Select(Wanted)], page.Width);
    }

    /// <summary>Writes it at the place that the page has reached.</summary>
    public void Write()
    {
        if (_heads.Any(h => h.Length > 0))
        {
            Head();
        }

        foreach (var row in _rows)
        {
            Row(Broken(row), shaded: false);
        }
    }

    /// <summary>Room by column: what it wants where that is less than its part; parts grow with the root of what is wanted, so that one long text does not squeeze the rest.</summary>
    internal static double[] Shares(double[] wanted, double room)
    {
        var shares = new double[wanted.Length];
        var open = Enumerable.Range(0, wanted.Length).ToList();
        while (open.Count > 0)
        {
            var roots = open.Sum(c => Math.Sqrt(wanted[c]));
            var settled = open.Where(c => wanted[c] <= room * Math.Sqrt(wanted[c]) / roots).ToList();
            foreach (var column in settled.Count > 0 ? settled : [.. open])
            {
                shares[column] = settled.Count > 0 ? wanted[column] : room * Math.Sqrt(wanted[column]) / roots;
            }

            room -= settled.Sum(c => wanted[c]);
            open = settled.Count > 0 ? [.. open.Except(settled)] : [];
        }

        return shares;
    }

    /// <summary>Width of the longest line of a column; its head may take two.</summary>
    private double Wanted(int column)
    {
        const double Rounding = 0.1;
        var widest = _rows.SelectMany(row => row[column].Split('\n')).Select(TextLines.WidthOf).Append(TextLines.WidthOf(_heads[column]) * 0.6).Max();
        return (2 * Padding) + (Size * widest) + Rounding;
    }

    private List<string>[] Broken(string[] row) => [.. row.Select((text, c) => TextLines.Break(text, (_widths[c] - (2 * Padding)) / Size))];

    private void Head() => Row(Broken(_heads), shaded: true);

    private void Row(List<string>[] cells, bool shaded)
    {
        var height = cells.Max(lines => lines.Count);
        for (var done = 0; done < height;)
        {
            var room = (int)((_page.Left - (2 * Padding)) / LineHeight);
            if (room < Math.Min(height - done, LeastLines))
            {
                _page.Turnover();
                if (!shaded)
                {
                    Head();
                }

                continue;
            }

            var now = Math.Min(height - done, room);
            Piece(cells, done, now, shaded);
            done += now;
        }
    }

    private void Piece(List<string>[] cells, int from, int count, bool shaded)
    {
        var (left, height) = (0.0, (count * LineHeight) + (2 * Padding));
        for (var c = 0; c < cells.Length; c++)
        {
            if (shaded)
            {
                _page.Fill(left, _widths[c], height, Shade);
            }

            _page.Frame(left, _widths[c], height, Rule);
            for (var line = 0; line < count && from + line < cells[c].Count; line++)
            {
                _page.Line(cells[c][from + line], left + Padding, Padding + (line * LineHeight), Size);
            }

            left += _widths[c];
        }

        _page.Skip(height);
    }
}
