// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net;
using System.Text;

namespace Detector.Analysis.Reporting;

/// <summary>A small line plot as inline SVG: named lines with interval bars, axes from zero.</summary>
internal sealed class LinePlot(string across, string up, double mostAcross, double mostUp)
{
    private const int Width = 420;
    private const int Height = 300;
    private const int Margin = 46;

    // Okabe and Ito's palette: told apart by people who see colours differently.
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];

    private readonly List<(string Name, IReadOnlyList<(double X, double Y, double Low, double High)> Points)> _lines = [];

    /// <summary>Adds a line; points in rising order across.</summary>
    public void Add(string name, IReadOnlyList<(double X, double Y, double Low, double High)> points) => _lines.Add((name, points));

    /// <summary>The plot as an SVG element.</summary>
    public string Draw()
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg width=\"{Width}\" height=\"{Height}\" role=\"img\" font-size=\"11\" fill=\"#1c2430\">");
        Axes(svg);
        for (var i = 0; i < _lines.Count; i++)
        {
            Line(svg, i, Colours[i % Colours.Length]);
        }

        return svg.Append("</svg>").ToString();
    }

    private static string At(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private string X(double value) => At(Margin + (value / mostAcross * (Width - Margin - 10)));

    private string Y(double value) => At(Height - Margin - (value / mostUp * (Height - Margin - 10)));

    private void Axes(StringBuilder svg)
    {
        const int Ticks = 5;
        for (var t = 0; t <= Ticks; t++)
        {
            var (x, y) = (mostAcross * t / Ticks, mostUp * t / Ticks);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(0)}\" x2=\"{X(mostAcross)}\" y1=\"{Y(y)}\" y2=\"{Y(y)}\" stroke=\"#e3e7ec\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin - 6}\" y=\"{Y(y)}\" text-anchor=\"end\" dy=\"4\">{At(y)}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(x)}\" y=\"{Height - Margin + 16}\" text-anchor=\"middle\">{At(x)}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(mostAcross / 2)}\" y=\"{Height - 8}\" text-anchor=\"middle\">{WebUtility.HtmlEncode(across)}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"translate(12 {Y(mostUp / 2)}) rotate(-90)\" text-anchor=\"middle\">{WebUtility.HtmlEncode(up)}</text>");
    }

    private void Line(StringBuilder svg, int index, string colour)
    {
        var (name, points) = _lines[index];
        var path = string.Join(' ', points.Select(p => $"{X(p.X)},{Y(p.Y)}"));
        svg.Append(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{path}\"/>");
        foreach (var (x, y, low, high) in points)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(x)}\" cy=\"{Y(y)}\" r=\"3\" fill=\"{colour}\"/>");
            if (high > low)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(x)}\" x2=\"{X(x)}\" y1=\"{Y(low)}\" y2=\"{Y(high)}\" stroke=\"{colour}\"/>");
            }
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin + 12}\" y=\"{22 + (index * 15)}\" fill=\"{colour}\">{WebUtility.HtmlEncode(name)}</text>");
    }
}
