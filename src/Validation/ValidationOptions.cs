// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Validation;

/// <summary>Limits of the intake rules. Bound from configuration, under <c>Validation</c>.</summary>
public sealed class ValidationOptions
{
    /// <summary>How far a meter's clock may run ahead of arrival, in seconds: 5 minutes, what clocks without network time drift in months.</summary>
    [Range(0, 86_400)]
    public double FutureToleranceSeconds { get; set; } = 300;

    /// <summary>First year in which a reading can have been taken; an earlier one comes from a clock that was never set.</summary>
    [Range(1970, 2100)]
    public int FirstYear { get; set; } = 2000;

    /// <summary>Largest power one meter can carry, in kW: 10 GW, more than any single connection.</summary>
    [Range(1, 1e12)]
    public double MaxPowerKilowatts { get; set; } = 1e7;

    /// <summary>Multiple of the contracted capacity above which a value is marked: short overloads and rounding stay below.</summary>
    [Range(1, 100)]
    public double AboveRatedTimesContracted { get; set; } = 1.1;

    /// <summary>Every setting outside its range, by name; empty where none is.</summary>
    public IReadOnlyList<string> Faults()
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(this, new ValidationContext(this), results, validateAllProperties: true);
        return [.. results.Select(r => $"Validation: {r.ErrorMessage}")];
    }
}
