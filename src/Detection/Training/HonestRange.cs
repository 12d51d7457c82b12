// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Training;

/// <summary>The honest range of a feature: 5th, 50th and 95th percentile of weighted values.</summary>
internal static class HonestRange
{
    /// <summary>The range; zeros where nothing is known.</summary>
    /// <param name="feature">Name of the feature.</param>
    /// <param name="known">Known values, each with what its sample weighs.</param>
    /// <param name="digits">Digits behind the point that are kept; all of them where null.</param>
    public static FeatureReference Of(string feature, IEnumerable<(double Value, double Weight)> known, int? digits = null)
    {
        (double Value, double Weight)[] ascending = [.. known.OrderBy(p => p.Value)];
        double At(double share) => digits is { } kept ? Math.Round(Quantile(ascending, share), kept, MidpointRounding.AwayFromZero) : Quantile(ascending, share);
        return new FeatureReference(feature, At(0.05), At(0.5), At(0.95));
    }

    private static double Quantile((double Value, double Weight)[] ascending, double share)
    {
        var goal = share * ascending.Sum(p => p.Weight);
        var sum = 0.0;
        foreach (var (value, weight) in ascending)
        {
            sum += weight;
            if (sum >= goal)
            {
                return value;
            }
        }

        return ascending.Length == 0 ? 0 : ascending[^1].Value;
    }
}
