// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>A decode result as the text that examples are compared with: one JSON line a reading, or that it was passed over, or the rejection.</summary>
internal static class Shown
{
    public static string Of(DecodeResult result, ReadingBuffer readings)
    {
        if (!result.IsDecoded)
        {
            return $"{{ \"rejected\": \"{result.Kind}\", \"at_byte\": {result.AtByte} }}\n";
        }

        if (result.IsPassedOver)
        {
            return "{ \"passed_over\": true }\n";
        }

        var text = new StringBuilder("[\n");
        for (var i = 0; i < readings.Count; i++)
        {
            text.Append("  ").Append(Line(readings[i])).Append(i + 1 < readings.Count ? ",\n" : "\n");
        }

        return text.Append("]\n").ToString();
    }

    private static string Line(in Reading reading)
    {
        var fields = new List<string>
        {
            $"\"meter\": \"{reading.Meter}\"",
            $"\"time\": \"{reading.Time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture)}\"",
            $"\"kind\": \"{reading.Kind}\"",
        };
        void Add(string name, double value)
        {
            if (!double.IsNaN(value))
            {
                fields.Add($"\"{name}\": {value.ToString("R", CultureInfo.InvariantCulture)}");
            }
        }

        Add("interval_s", reading.Interval > TimeSpan.Zero ? reading.Interval.TotalSeconds : double.NaN);
        Add("kw", reading.PowerKilowatts);
        Add("kwh_register", reading.RegisterKilowattHours);
        Add("kvar", reading.ReactiveKilovars);
        Add("pf", reading.PowerFactor);
        Add("v", reading.Volts);
        Add("a", reading.Amperes);
        if (reading.Quality != QualityFlags.None)
        {
            fields.Add($"\"quality\": \"{QualityFlagNames.Text(reading.Quality)}\"");
        }

        return "{ " + string.Join(", ", fields) + " }";
    }
}
