// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Detector.Metering;

namespace Detector.Neighbours;

/// <summary>Order statistics, chance and figures as text.</summary>
internal static class Numbers
{
    /// <summary>Makes a median absolute deviation a standard deviation for normal noise.</summary>
    public const double NormalMad = 1.4826;

    /// <summary>A quantile, linear between neighbours; NaN for none. Unknown values are left out; the input is kept.</summary>
    public static double Quantile(IEnumerable<double> values, double share)
    {
        double[] known = [.. values.Where(double.IsFinite)];
        if (known.Length == 0)
        {
            return double.NaN;
        }

        Array.Sort(known);
        var position = share * (known.Length - 1);
        var lower = (int)position;
        var upper = Math.Min(lower + 1, known.Length - 1);
        return known[lower] + ((position - lower) * (known[upper] - known[lower]));
    }

    /// <summary>The median of what is known.</summary>
    public static double Median(IEnumerable<double> values) => Quantile(values, 0.5);

    /// <summary>Probability of <paramref name="count"/> or more where <paramref name="expected"/> are expected (Poisson).</summary>
    public static double PoissonTail(int count, double expected)
    {
        if (count <= 0)
        {
            return 1;
        }

        // Summed from the first term of the tail on, so that small tails keep their digits.
        var term = Math.Exp(-expected + (count * Math.Log(expected)) - LogFactorial(count));
        double tail = 0;
        for (var k = count; term > 1e-300 && k < count + 1000; k++)
        {
            tail += term;
            term *= expected / (k + 1);
            if (term < tail * 1e-15)
            {
                break;
            }
        }

        return Math.Min(1, tail);
    }

    /// <summary>Three significant digits.</summary>
    public static string Text(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return "0";
        }

        var digits = Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 5);
        return (Math.Round(value, digits, MidpointRounding.AwayFromZero) + 0.0).ToString("0.#####", CultureInfo.InvariantCulture);
    }

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => (Math.Round(share * 100, 1, MidpointRounding.AwayFromZero) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A small p-value with its sign.</summary>
    public static string PValue(double p) => p < 1e-12 ? "p < 1e-12" : "p = " + p.ToString("0.#e0", CultureInfo.InvariantCulture);

    /// <summary>A date, UTC.</summary>
    public static string Date(long hour) => new DateTime(hour * TimeSpan.TicksPerHour, DateTimeKind.Utc).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The first names and how many more there are.</summary>
    public static (string English, string Chinese) List(IReadOnlyCollection<MeterId> meters)
    {
        const int Named = 6;
        var names = meters.Select(m => m.Value).Order(StringComparer.Ordinal).Take(Named).ToArray();
        var more = meters.Count - names.Length;
        var count = more.ToString(CultureInfo.InvariantCulture);
        return more == 0
            ? (string.Join(", ", names), string.Join("、", names))
            : ($"{string.Join(", ", names)} and {count} more", $"{string.Join("、", names)}等另{count}块");
    }

    /// <summary>A short, stable name for a text that is too long.</summary>
    public static string Digest(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];

    private static double LogFactorial(int n)
    {
        double sum = 0;
        for (var k = 2; k <= n; k++)
        {
            sum += Math.Log(k);
        }

        return sum;
    }
}
