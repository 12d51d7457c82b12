// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;

namespace Detector.Web.Views;

/// <summary>A load as a picture as wide as a word: mean of each six hours, from zero, with its gaps.</summary>
internal static class SparkLine
{
    /// <summary>What the picture is to a browser.</summary>
    internal const string MediaType = "image/svg+xml";

    /// <summary>How much time it shows.</summary>
    internal static readonly TimeSpan Length = TimeSpan.FromDays(28); // four weeks tell a rhythm from none

    private const int Columns = 112; // four a day
    private const double Height = 24;
    private const string Ink = "#3f83cf"; // over 3:1 on the light and on the dark surface

    /// <summary>Draws the readings that lie in a window.</summary>
    internal static byte[] Draw(ReadingColumns readings, TimeRange window)
    {
        var (sums, counts) = (new double[Columns], new int[Columns]);
        var (from, length) = (Instants.ToUnixMicroseconds(window.From), window.Length.TotalMicroseconds);
        for (var i = 0; i < readings.Count; i++)
        {
            var at = Columns * ((readings.UnixMicroseconds[i] - from) / length);
            if (readings.IsLoad(i) && at is >= 0 and < Columns)
            {
                sums[(int)at] += readings.PowerKilowatts[i];
                counts[(int)at]++;
            }
        }

        return Draw([.. sums.Select((sum, i) => counts[i] == 0 ? double.NaN : sum / counts[i])]);
    }

    /// <summary>A picture without a line, for a meter without readings.</summary>
    internal static byte[] Blank { get; } = Draw([]);

    private static byte[] Draw(double[] values)
    {
        var top = values.Where(double.IsFinite).DefaultIfEmpty(0).Max();
        var (line, area) = (new StringBuilder(), new StringBuilder());
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                continue;
            }

            var first = i;
            while (i + 1 < values.Length && double.IsFinite(values[i + 1]))
            {
                i++;
            }

            Run(values, first, i, top, line, area);
        }

        return Encoding.UTF8.GetBytes(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Columns} 24\" preserveAspectRatio=\"none\"><path d=\"{area}\" fill=\"{Ink}\" fill-opacity=\".18\"/>"
            + $"<path d=\"{line}\" fill=\"none\" stroke=\"{Ink}\" stroke-width=\"1.25\" vector-effect=\"non-scaling-stroke\"/></svg>");
    }

    /// <summary>One stretch without a gap: its line, and the area under it.</summary>
    private static void Run(double[] values, int first, int last, double top, StringBuilder line, StringBuilder area)
    {
        area.Append(CultureInfo.InvariantCulture, $"M{first} {Height}");
        for (var i = first; i <= last; i++)
        {
            var y = top > 0 ? Height - (Math.Max(0, values[i]) / top * (Height - 2)) : Height - 1;
            line.Append(CultureInfo.InvariantCulture, $"{(i == first ? 'M' : 'L')}{i} {y:0.#}");
            area.Append(CultureInfo.InvariantCulture, $"L{i} {y:0.#}");
        }

        line.Append('h').Append(first == last ? '1' : '0');
        area.Append(CultureInfo.InvariantCulture, $"L{last} {Height}Z");
    }
}
