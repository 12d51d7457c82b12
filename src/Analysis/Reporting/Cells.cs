// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Statistics;

namespace Detector.Analysis.Reporting;

/// <summary>Figures as cells: the value and, in brackets, its 90 % interval.</summary>
internal static class Cells
{
    /// <summary>What stands where there is no figure.</summary>
    public const string Nothing = "-";

    /// <summary>A share in percent without its interval.</summary>
    public static string Percent(double share) =>
        double.IsNaN(share) ? Nothing : (share * 100).ToString(share is > 0 and < 0.0995 ? "0.0" : "0", CultureInfo.InvariantCulture);

    /// <summary>A share in percent with its interval.</summary>
    public static string Percent(Estimate value) =>
        double.IsNaN(value.Value) ? Nothing : $"{Percent(value.Value)} [{Percent(value.Low)}-{Percent(value.High)}]";

    /// <summary>A number with its interval.</summary>
    public static string Number(Estimate value, string format) =>
        double.IsNaN(value.Value) ? Nothing : $"{Number(value.Value, format)} [{Number(value.Low, format)}-{Number(value.High, format)}]";

    /// <summary>A number.</summary>
    public static string Number(double value, string format) => double.IsNaN(value) ? Nothing : value.ToString(format, CultureInfo.InvariantCulture);
}
