// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Xml.Linq;
using PdfSharp.Drawing;

namespace Detector.Cases.Printing;

/// <summary>A drawing of ours as lines on paper: boxes, texts, and paths of moves and straight lines, which is all that our charts are made of.</summary>
internal sealed class SvgDrawing
{
    private readonly XElement _svg;

    private SvgDrawing(XElement svg, double width, double height) => (_svg, Width, Height) = (svg, width, height);

    /// <summary>Its width in its own units.</summary>
    public double Width { get; }

    /// <summary>Its height in its own units.</summary>
    public double Height { get; }

    /// <summary>Reads a drawing.</summary>
    public static SvgDrawing Of(string svg)
    {
        var root = XElement.Parse(svg);
        return new SvgDrawing(root, Number(root, "width"), Number(root, "height"));
    }

    /// <summary>Draws it.</summary>
    /// <param name="page">Onto this.</param>
    /// <param name="left">Its left edge, in points.</param>
    /// <param name="top">Its upper edge, in points.</param>
    /// <param name="scale">Points for one of its units.</param>
    /// <exception cref="NotSupportedException">It holds something that our charts do not.</exception>
    public void Draw(XGraphics page, double left, double top, double scale)
    {
        var state = page.Save();
        page.TranslateTransform(left, top);
        page.ScaleTransform(scale);
        foreach (var part in _svg.Elements())
        {
            switch (part.Name.LocalName)
            {
                case "title":
                    break;
                case "rect":
                    page.DrawRectangle(new XSolidBrush(Color(part, "fill")), Number(part, "x"), Number(part, "y"), Number(part, "width"), Number(part, "height"));
                    break;
                case "text":
                    Write(page, part);
                    break;
                case "path":
                    Trace(page, part);
                    break;
                default:
                    throw new NotSupportedException($"A chart holds <{part.Name.LocalName}>, which is not printed.");
            }
        }

        page.Restore(state);
    }

    private void Write(XGraphics page, XElement text)
    {
        const double BaseSize = 12;
        var size = Number(text, "font-size", Number(_svg, "font-size", BaseSize));
        var words = PrintFont.Printable(text.Value);
        var width = TextLines.WidthOf(words) * size;
        var back = text.Attribute("text-anchor")?.Value switch { "end" => width, "middle" => width / 2, _ => 0 };
        page.DrawString(words, PrintFont.Of(size), XBrushes.Black, Number(text, "x") - back, Number(text, "y"));
    }

    private static void Trace(XGraphics page, XElement element)
    {
        var pen = new XPen(Color(element, "stroke"), 1);
        if (element.Attribute("stroke-dasharray") is { } dashes)
        {
            pen.DashPattern = [.. dashes.Value.Split(' ').Select(d => double.Parse(d, CultureInfo.InvariantCulture))];
        }

        if (element.Attribute("stroke-linecap") is { Value: "round" })
        {
            pen.LineCap = XLineCap.Round;
        }

        var line = new List<XPoint>();
        foreach (var (command, x, y) in Moves(element.Attribute("d")!.Value))
        {
            if (command == 'M')
            {
                Stroke(page, pen, line);
                line.Clear();
            }

            line.Add(new XPoint(x, y));
        }

        Stroke(page, pen, line);
    }

    private static void Stroke(XGraphics page, XPen pen, List<XPoint> line)
    {
        if (line.Count > 0)
        {
            page.DrawLines(pen, line.Count > 1 ? [.. line] : [line[0], line[0]]);
        }
    }

    /// <summary>Points of a path: M and L with two numbers, H and V with one.</summary>
    private static IEnumerable<(char Command, double X, double Y)> Moves(string path)
    {
        var (x, y) = (0.0, 0.0);
        for (var at = 0; at < path.Length;)
        {
            var end = path.AsSpan(at + 1).IndexOfAny("MLHV");
            var numbers = path.Substring(at + 1, end < 0 ? path.Length - at - 1 : end).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
            (x, y) = path[at] switch
            {
                'M' or 'L' => (numbers[0], numbers[1]),
                'H' => (numbers[0], y),
                'V' => (x, numbers[0]),
                _ => throw new NotSupportedException($"A chart's path holds '{path[at]}', which is not printed."),
            };
            yield return (path[at], x, y);
            at = end < 0 ? path.Length : at + 1 + end;
        }
    }

    private static double Number(XElement element, string name, double otherwise = 0) =>
        element.Attribute(name) is { } attribute ? double.Parse(attribute.Value, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>A colour as <c>#rgb</c> or <c>#rrggbb</c>.</summary>
    private static XColor Color(XElement element, string name)
    {
        var text = element.Attribute(name)!.Value.TrimStart('#');
        var digits = text.Length == 3 ? string.Concat(text.SelectMany(c => new[] { c, c })) : text;
        return XColor.FromArgb(unchecked((int)(0xff000000 | uint.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
    }
}
