// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Pipeline;

namespace Detector.Web.Views;

/// <summary>A trend as a picture as wide as a word: the load from zero, with its gaps.</summary>
internal static class SparkLine
{
    /// <summary>What the picture is to a browser.</summary>
    internal const string MediaType = "image/svg+xml";

    /// <summary>Width and height that a path is drawn in, to be stretched.</summary>
    internal static readonly string ViewBox = string.Create(CultureInfo.InvariantCulture, $"0 0 {Trend.Parts} {Height}");

    private const int Height = 48; // whole numbers are short, and half a pixel is fine enough
    private const int Highest = 3; // the line's own width has room over it
    private const string Ink = "#3f83cf"; // over 3:1 on the light and on the dark surface

    /// <summary>The outline of the load, one figure for each stretch without a gap, open at zero; nothing where there is no trend.</summary>
    internal static string Path(Trend? trend)
    {
        var path = new StringBuilder(600);
        for (var part = 0; trend is not null && part < Trend.Parts; part++)
        {
            if (double.IsFinite(trend[part]))
            {
                part = Run(path, trend, part);
            }
        }

        return path.ToString();
    }

    /// <summary>The picture by itself.</summary>
    internal static byte[] Draw(Trend? trend) => Encoding.UTF8.GetBytes(
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{ViewBox}\" preserveAspectRatio=\"none\">"
        + $"<path d=\"{Path(trend)}\" fill=\"{Ink}\" fill-opacity=\".18\" stroke=\"{Ink}\" stroke-width=\"1.25\" vector-effect=\"non-scaling-stroke\"/></svg>");

    /// <summary>Goes from zero along a stretch and back to zero, by steps from point to point, which are shorter than points; returns its last part.</summary>
    private static int Run(StringBuilder path, Trend trend, int first)
    {
        var (part, y) = (first, Y(trend, first));
        path.Append(CultureInfo.InvariantCulture, $"M{first} {Height}V{y}");
        for (; part + 1 < Trend.Parts && double.IsFinite(trend[part + 1]); part++)
        {
            var next = Y(trend, part + 1);
            path.Append("l1").Append(next < y ? string.Empty : " ").Append(CultureInfo.InvariantCulture, $"{next - y}");
            y = next;
        }

        path.Append(part == first ? "h1" : string.Empty).Append(CultureInfo.InvariantCulture, $"V{Height}");
        return part;
    }

    private static int Y(Trend trend, int part) => trend.Highest > 0 ? Height - (int)Math.Round(trend[part] / trend.Highest * (Height - Highest)) : Height - 1;
}
