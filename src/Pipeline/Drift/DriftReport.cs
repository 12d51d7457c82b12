// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Pipeline.Drift;

/// <summary>How far the fleet has moved from what the model was trained on.</summary>
/// <param name="Model">The model in use.</param>
/// <param name="Week">Monday of the week that it speaks of: the newest with enough meters, or the newest; null where none was counted.</param>
/// <param name="Meters">Meters of that week.</param>
/// <param name="Features">Every feature of the model, those that depart first, then by the share outside.</param>
public sealed record DriftReport(string Model, DateOnly? Week, int Meters, IReadOnlyList<FeatureDrift> Features)
{
    /// <summary>Fewest meters of a week of which anything is said.</summary>
    public const int LeastMeters = 20;

    /// <summary>Share of honest training windows outside of a reference, by construction.</summary>
    public const double Expected = 0.1;

    private const int TrendWeeks = 13;

    internal static DriftReport Of(string model, SortedDictionary<DateOnly, WeekCounts> weeks, IReadOnlyList<FeatureReference> honest, IReadOnlyList<FeatureDescription> features)
    {
        if (weeks.Count == 0)
        {
            return new DriftReport(model, null, 0, []);
        }

        var newest = weeks.Where(w => w.Value.Meters >= LeastMeters).Select(w => w.Key).DefaultIfEmpty(weeks.Keys.Max()).Max();
        var trend = weeks.Where(w => w.Key <= newest && w.Key > newest.AddDays(-7 * TrendWeeks)).ToArray();
        return new DriftReport(model, newest, weeks[newest].Meters, [.. features
            .Select((feature, i) => FeatureDrift.Of(feature, honest[i], weeks[newest], i, [.. trend.Select(w => new WeekShare(w.Key, w.Value.Meters, w.Value.Known(i) is var known and > 0 ? (double)w.Value.Outside(i) / known : null))]))
            .OrderByDescending(f => f.Departs)
            .ThenByDescending(f => f.Below + f.Above)
            .ThenBy(f => f.Feature, StringComparer.Ordinal)]);
    }
}

/// <summary>A feature of the fleet beside its reference.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Group">Its group.</param>
/// <param name="Unit">Unit of the reference.</param>
/// <param name="Meaning">What it measures.</param>
/// <param name="MeaningZh">The same in Chinese.</param>
/// <param name="Low">5th percentile of honest training windows.</param>
/// <param name="High">Their 95th percentile.</param>
/// <param name="Below">Share of meters below, of those where it is known; null where it is known of none.</param>
/// <param name="Above">Share above.</param>
/// <param name="Unknown">Share of meters where it is unknown.</param>
/// <param name="Departs">Whether more than twice the expected share lies outside, beyond chance.</param>
/// <param name="Weeks">The share outside by week, oldest first, at most a quarter of a year.</param>
public sealed record FeatureDrift(
    string Feature, string Group, string Unit, string Meaning, string MeaningZh, double Low, double High, double? Below, double? Above, double Unknown, bool Departs, IReadOnlyList<WeekShare> Weeks)
{
    internal static FeatureDrift Of(FeatureDescription feature, FeatureReference honest, WeekCounts week, int index, IReadOnlyList<WeekShare> trend)
    {
        var known = week.Known(index);
        double? Share(int count) => known > 0 ? (double)count / known : null;
        return new FeatureDrift(
            feature.Name, feature.Group, feature.Unit, feature.Meaning, feature.MeaningZh, honest.Low, honest.High,
            Share(week.Below[index]), Share(week.Above[index]), (double)week.Unknown[index] / week.Meters,
            known >= DriftReport.LeastMeters && WilsonInterval.Of(week.Outside(index), known, WilsonInterval.NinetyFive).Low > 2 * DriftReport.Expected, trend);
    }
}

/// <summary>The share of meters outside of a reference in a week.</summary>
/// <param name="Monday">First day of the week.</param>
/// <param name="Meters">Meters counted.</param>
/// <param name="Outside">Their share outside, 0 to 1; null where the feature is known of none.</param>
public sealed record WeekShare(DateOnly Monday, int Meters, double? Outside);
