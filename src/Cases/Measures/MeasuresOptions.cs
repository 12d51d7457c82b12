// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Detector.Cases.Measures;

/// <summary>Settings of the section <c>Cases:Measures</c>: the law and the tariffs as they are dated. Nothing of it is in code: without a rule in force a measure cannot be proposed.</summary>
public sealed class MeasuresOptions
{
    /// <summary>The date that divides stock projects from incremental ones; null where none is in force, and every project is then undecided.</summary>
    public DateTimeOffset? CutOff { get; set; }

    /// <summary>Legal bases with their dates and rates.</summary>
    public List<MeasureRule> Rules { get; set; } = [];

    /// <summary>Tariff periods with their dates.</summary>
    public List<Tariff> Tariffs { get; set; } = [];

    /// <summary>How long a sample without an interval stands for the load, at most; 1 minute to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan LongestHold { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The rule for a measure in a region at a moment: the newest that is in force, the region's own before the general one; null where there is none.</summary>
    internal MeasureRule? RuleOf(MeasureKind kind, string? region, DateTimeOffset at) => Rules
        .Where(r => r.Kind == kind && InForce(r.Region, r.From, r.Until, region, at))
        .OrderByDescending(r => r.Region.Length > 0).ThenByDescending(r => r.From).FirstOrDefault();

    /// <summary>The tariff in a region at a moment; null where there is none.</summary>
    internal Tariff? TariffOf(string? region, DateTimeOffset at) => Tariffs
        .Where(t => InForce(t.Region, t.From, t.Until, region, at))
        .OrderByDescending(t => t.Region.Length > 0).ThenByDescending(t => t.From).FirstOrDefault();

    private static bool InForce(string ruleRegion, DateTimeOffset from, DateTimeOffset? until, string? region, DateTimeOffset at) =>
        from <= at && !(until <= at) && (ruleRegion.Length == 0 || string.Equals(ruleRegion, region, StringComparison.OrdinalIgnoreCase));
}

/// <summary>One legal basis, from a date on.</summary>
public sealed class MeasureRule
{
    /// <summary>The measure it allows.</summary>
    public MeasureKind Kind { get; set; }

    /// <summary>Region in which it holds; empty for all.</summary>
    public string Region { get; set; } = string.Empty;

    /// <summary>From when on it holds.</summary>
    public DateTimeOffset From { get; set; }

    /// <summary>Until when; null for without end.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>The legal basis as it is cited.</summary>
    [Required]
    public string Basis { get; set; } = string.Empty;

    /// <summary>The same in Chinese.</summary>
    public string BasisZh { get; set; } = string.Empty;

    /// <summary>Differential price: yuan a kWh on top; 0 to 100.</summary>
    [Range(0.0, 100.0)]
    public decimal YuanPerKilowattHour { get; set; }

    /// <summary>Differential price: other rates for tariff periods by name, in yuan a kWh.</summary>
    public Dictionary<string, decimal> PeriodYuanPerKilowattHour { get; set; } = [];

    /// <summary>Differential price: whether it is on the mining share of the load only, or on all of it.</summary>
    public bool OnMiningShareOnly { get; set; }

    /// <summary>Credit event: how long the subject may object after the notice; 0 to 1 year.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan ObjectionPeriod { get; set; } = TimeSpan.FromDays(15);

    /// <summary>Credit event: how long it stays in the register; 1 day to 10 years.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Term { get; set; } = TimeSpan.FromDays(365);

    /// <summary>The rate of a tariff period.</summary>
    internal decimal RateOf(string period) => PeriodYuanPerKilowattHour.TryGetValue(period, out var rate) ? rate : YuanPerKilowattHour;
}

/// <summary>Which hours of the local day are which tariff period, from a date on.</summary>
public sealed class Tariff : IValidatableObject
{
    /// <summary>Region in which it holds; empty for all.</summary>
    public string Region { get; set; } = string.Empty;

    /// <summary>From when on it holds.</summary>
    public DateTimeOffset From { get; set; }

    /// <summary>Until when; null for without end.</summary>
    public DateTimeOffset? Until { get; set; }

    /// <summary>IANA time zone of the hours and of the months.</summary>
    [Required]
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>Period by name and its hours, such as <c>"peak": "08:00-11:00,18:00-22:00"</c>, in whole quarter hours. What is in none is <c>flat</c>.</summary>
    public Dictionary<string, string> Periods { get; set; } = [];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new ValidationResult("it must be an IANA time zone, such as Asia/Shanghai", [nameof(TimeZone)]);
        }

        if (Quarters() is null)
        {
            yield return new ValidationResult("hours must be like 08:00-11:00,18:00-22:00, in whole quarter hours, and no hour in two periods", [nameof(Periods)]);
        }
    }

    /// <summary>The period of each of the 96 quarter hours of a day; null where the hours cannot be read.</summary>
    internal string[]? Quarters()
    {
        var quarters = Enumerable.Repeat("flat", 96).ToArray();
        var taken = new bool[96];
        foreach (var (name, hours) in Periods)
        {
            foreach (var span in hours.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (span.Split('-') is not [var from, var to] || QuarterOf(from) is not { } first || QuarterOf(to) is not { } end)
                {
                    return null;
                }

                for (var i = first; i < (end > first ? end : end + 96); i++) // over midnight where it ends before it begins
                {
                    if (taken[i % 96])
                    {
                        return null;
                    }

                    (quarters[i % 96], taken[i % 96]) = (name, true);
                }
            }
        }

        return quarters;
    }

    private static int? QuarterOf(string text) =>
        text == "24:00" ? 96
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time.Minute % 15 == 0
            ? (time.Hour * 4) + (time.Minute / 15)
            : null;
}
