// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Daily;

/// <summary>How the daily energy answers to the week.</summary>
/// <remarks>Holidays are not asked for: the template is a median, so that a holiday bends nothing. Cannot tell apart: mining and any plant that never rests.</remarks>
/// <example>100 kW on working days and 40 at weekends: weekend over working day 0.4, the week explains all of the variation.</example>
internal sealed class DayCalendar : IDailyGroup
{
    private const string Name = "day_calendar";

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio(Name, "day_weekend", -10, 10, "weekend over working day", "周末与工作日电量之比"),
        Describe.LogShare(Name, "day_weekend_spread", "spread of weekend over working day from week to week", "各周周末与工作日之比的离散度"),
        Describe.LogShare(Name, "day_week_range", "highest less lowest day of the mean week", "典型周内最高日与最低日之差"),
        Describe.Ratio(Name, "day_week_explains", -1, 1, "share of the day-to-day variation that the week explains", "周规律可解释的逐日波动占比"),
        Describe.Ratio(Name, "day_sunday_saturday", -10, 10, "Sunday over Saturday", "周日与周六电量之比"),
        Describe.Ratio(Name, "day_week_memory", -1, 1, "likeness of a day to the same day a week before", "与一周前同日的相似度"),
        Describe.LogShare(Name, "day_weekday_range", "highest less lowest of Monday to Friday", "周一至周五的最高与最低之差"),
    ];

    public void Compute(DailyInput input, Span<float> values)
    {
        var template = input.Template;
        var working = Quantiles.Median([.. template.Take(5)]);
        values[0] = ((template[5] + template[6]) / 2) / working;
        values[1] = Moments.Log(Quantiles.Mad(WeeklyRatios(input)));
        values[2] = Moments.Log(template.Max() - template.Min());
        values[3] = Explained(input);
        values[4] = template[6] / template[5];
        var x = input.Relative;
        values[5] = x.Length > 28 ? (float)Moments.Correlation(x.AsSpan(7), x.AsSpan(0, x.Length - 7)) : float.NaN;
        values[6] = Moments.Log(template.Take(5).Max() - template.Take(5).Min());
    }

    private static float[] WeeklyRatios(DailyInput input)
    {
        var ratios = new List<float>();
        for (var monday = (7 - input.Load.DayOfWeek(0)) % 7; monday + 7 <= input.Count; monday += 7)
        {
            var working = Moments.Mean(input.X.AsSpan(monday, 5));
            var weekend = Moments.Mean(input.X.AsSpan(monday + 5, 2));
            if (working > 0 && !double.IsNaN(weekend))
            {
                ratios.Add((float)(weekend / working));
            }
        }

        return [.. ratios];
    }

    private static float Explained(DailyInput input)
    {
        var before = Quantiles.Mad(Moments.Known(input.Relative));
        var after = input.ResidualMad;
        return before > 0 ? 1 - (after / before) : float.NaN;
    }
}
