// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Detector.Simulation;

/// <summary>What fleet to simulate.</summary>
public sealed record FleetOptions : IValidatableObject
{
    /// <summary>Number of sites, each with one meter. From 60 on every honest class is there.</summary>
    [Range(1, 1_000_000)]
    public int Sites { get; init; } = 60;

    /// <summary>Length of the history in days.</summary>
    [Range(1, 36_500)]
    public int Days { get; init; } = 91;

    /// <summary>The same seed gives the same fleet; a site does not depend on how many sites there are.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Interval of the readings, 0.1 s to a day.</summary>
    public TimeSpan Cadence { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Start of the first interval, UTC.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Share of the sites that mine, 0 to 1: two in three of them for most of their load, the others beside an honest load.</summary>
    [Range(0.0, 1.0)]
    public double MiningShareOfSites { get; init; } = 0.15;

    /// <summary>Share of the honest sites whose meter misbehaves, 0 to 1; the default gives seven among 60 sites.</summary>
    [Range(0.0, 1.0)]
    public double MisbehavingShareOfHonestSites { get; init; } = 0.14;

    /// <summary>Everything wrong with these options, by member name; empty where nothing is.</summary>
    public IReadOnlyList<string> Faults()
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);

        // The framework looks at the whole object only once every member is right; here all faults are told at once.
        results.AddRange(Validate(new ValidationContext(this)).Where(own => !results.Exists(r => r.ErrorMessage == own.ErrorMessage)));
        return [.. results.Select(r => r.ErrorMessage!)];
    }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Cadence < TimeSpan.FromMilliseconds(100) || Cadence > TimeSpan.FromDays(1))
        {
            yield return new ValidationResult(
                string.Create(CultureInfo.InvariantCulture, $"Cadence is {Cadence}; it must be from 0.1 s to 1 day."), [nameof(Cadence)]);
        }
        else if (TimeSpan.FromDays(Days) / Cadence > 100_000_000)
        {
            yield return new ValidationResult(
                string.Create(CultureInfo.InvariantCulture, $"Cadence is {Cadence} over {Days} days: more than 100,000,000 readings a meter."), [nameof(Cadence)]);
        }

        if (Start.Year is < 1971 or > 2100)
        {
            yield return new ValidationResult(
                string.Create(CultureInfo.InvariantCulture, $"Start is {Start:O}; it must be from 1971 to 2100."), [nameof(Start)]);
        }
    }
}
