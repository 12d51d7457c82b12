// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net;
using System.Text;
using Detector.Metering;

namespace Detector.Cases.Dossier;

/// <summary>A meter's load as a drawing, from the readings of the dossier alone: the same readings give the same bytes.</summary>
internal static class LoadChartSvg
{
    private const int Width = 960;
    private const int Height = 320;
    private const int Left = 70;
    private const int Top = 34;
    private const int Right = 14;
    private const int Bottom = 30;
    private const int Columns = Width - Left - Right; // one a pixel: lowest, highest and mean of what falls into it

    /// <summary>Draws readings as <see cref="ReadingsExcerpt"/> writes them; null where none has a value.</summary>
    /// <param name="meter">The meter.</param>
    /// <param name="range">The time shown.</param>
    /// <param name="csv">Its readings.</param>
    /// <param name="onset">The onset interval, shaded; null for none.</param>
    public static string? Draw(MeterId meter, TimeRange range, byte[] csv, OnsetInterval? onset)
    {
        var columns = new (double Low, double High, double Sum, int Count)[Columns];
        var highest = 0.0;
        var lowest = 0.0;
        foreach (var (time, kilowatts) in Readings(csv))
        {
            var at = (int)Math.Clamp((time - range.From) / (range.To - range.From) * Columns, 0, Columns - 1);
            var before = columns[at];
            columns[at] = before.Count == 0
                ? (kilowatts, kilowatts, kilowatts, 1)
                : (Math.Min(before.Low, kilowatts), Math.Max(before.High, kilowatts), before.Sum + kilowatts, before.Count + 1);
            (lowest, highest) = (Math.Min(lowest, kilowatts), Math.Max(highest, kilowatts));
        }

        if (Array.TrueForAll(columns, c => c.Count == 0))
        {
            return null;
        }

        var step = StepOf(highest - lowest);
        var scale = new Scale(range, Math.Floor(lowest / step) * step, Math.Max(step, Math.Ceiling(highest / step) * step), step);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" font-family=\"sans-serif\" font-size=\"12\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode(meter.Value)}</title><rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"20\" font-size=\"14\">{WebUtility.HtmlEncode(meter.Value)}: kW, UTC (band: lowest to highest, line: mean / 色带：最低至最高，曲线：均值)</text>\n");
        AddOnset(svg, scale, onset);
        AddGrid(svg, scale);
        AddLoad(svg, scale, columns);
        return svg.Append("</svg>\n").ToString();
    }

    private static IEnumerable<(DateTimeOffset Time, double Kilowatts)> Readings(byte[] csv)
    {
        using var text = new StreamReader(new MemoryStream(csv, writable: false), Encoding.UTF8);
        text.ReadLine(); // the header
        while (text.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            if (cells.Length >= 2 && double.TryParse(cells[1], CultureInfo.InvariantCulture, out var kilowatts) && double.IsFinite(kilowatts))
            {
                yield return (DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture), kilowatts);
            }
        }
    }

    /// <summary>1, 2 or 5 times a power of ten, so that there are four to ten lines.</summary>
    private static double StepOf(double span)
    {
        if (span <= 0)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(span / 4)));
        return (span / 4 / power) switch { < 2 => power, < 5 => 2 * power, _ => 5 * power };
    }

    private static void AddOnset(StringBuilder svg, Scale scale, OnsetInterval? onset)
    {
        if (onset is null)
        {
            return;
        }

        var (from, to) = (scale.X(onset.Earliest), scale.X(onset.Latest));
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{from:0.#}\" y=\"{Top}\" width=\"{Math.Max(1, to - from):0.#}\" height=\"{Height - Top - Bottom}\" fill=\"#f6d7b0\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{scale.X(onset.Likely):0.#} {Top}V{Height - Bottom}\" stroke=\"#b35c00\" stroke-dasharray=\"4 3\"/>\n");
    }

    private static void AddGrid(StringBuilder svg, Scale scale)
    {
        var lines = (int)Math.Round((scale.Highest - scale.Lowest) / scale.Step);
        for (var i = 0; i <= lines; i++)
        {
            var value = scale.Lowest + (i * scale.Step);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {scale.Y(value):0.#}H{Width - Right}\" stroke=\"#ddd\"/><text x=\"{Left - 6}\" y=\"{scale.Y(value) + 4:0.#}\" text-anchor=\"end\">{value:0.####}</text>\n");
        }

        for (var i = 0; i <= 6; i++)
        {
            var time = scale.Range.From + ((scale.Range.To - scale.Range.From) / 6 * i);
            var anchor = i switch { 0 => "start", 6 => "end", _ => "middle" };
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{scale.X(time):0.#}\" y=\"{Height - 10}\" text-anchor=\"{anchor}\">{time.UtcDateTime:yyyy-MM-dd}</text>");
        }

        svg.Append('\n');
    }

    private static void AddLoad(StringBuilder svg, Scale scale, (double Low, double High, double Sum, int Count)[] columns)
    {
        var (band, line) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is { Count: > 0 } c)
            {
                var x = Left + i + 0.5;
                band.Append(CultureInfo.InvariantCulture, $"M{x} {scale.Y(c.Low):0.#}V{scale.Y(c.High):0.#}");
                line.Append(CultureInfo.InvariantCulture, $"{(i > 0 && columns[i - 1].Count > 0 ? 'L' : 'M')}{x} {scale.Y(c.Sum / c.Count):0.#}");
            }
        }

        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{band}\" stroke=\"#9cc3e6\" fill=\"none\"/>\n<path d=\"{line}\" stroke=\"#0b4f8a\" stroke-linecap=\"round\" fill=\"none\"/>\n");
    }

    private sealed record Scale(TimeRange Range, double Lowest, double Highest, double Step)
    {
        public double X(DateTimeOffset time) => Left + (Math.Clamp((time - Range.From) / (Range.To - Range.From), 0, 1) * Columns);

        public double Y(double value) => Height - Bottom - ((value - Lowest) / (Highest - Lowest) * (Height - Top - Bottom));
    }
}
