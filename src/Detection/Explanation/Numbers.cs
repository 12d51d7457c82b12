// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Profiles;

namespace Detector.Detection.Explanation;

/// <summary>Feature values as people read them: logarithms undone, three significant digits.</summary>
internal static class Numbers
{
    public static string Text(FeatureDescription feature, double value) => feature.Unit switch
    {
        "ln %" => Significant(Math.Exp(value) * 100) + " %",
        "ln" => "×" + Significant(Math.Exp(value)),
        _ => Significant(value),
    };

    public static string Significant(double value)
    {
        if (value == 0)
        {
            return "0";
        }

        var digits = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 5);
        return Math.Round(value, digits, MidpointRounding.AwayFromZero).ToString("0.#####", CultureInfo.InvariantCulture);
    }
}
