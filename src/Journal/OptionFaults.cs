// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Detector.Journal;

/// <summary>Everything wrong with an options object at once, each fault by member, value and range.</summary>
public static class OptionFaults
{
    /// <summary>The faults as sentences, e.g. <c>Journal:SegmentBytes is 512; it must be from 65536 to 268435456.</c>; empty where all is well.</summary>
    /// <param name="options">An object whose properties carry validation attributes, or that validates itself.</param>
    /// <param name="section">The configuration section it is bound from.</param>
    public static IReadOnlyList<string> Of(object options, string section)
    {
        var faults = new List<string>();
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(options);
            var context = new ValidationContext(options) { MemberName = property.Name };
            faults.AddRange(property.GetCustomAttributes<ValidationAttribute>()
                .Where(attribute => attribute.GetValidationResult(value, context) != ValidationResult.Success)
                .Select(attribute => Sentence(section, property.Name, value, Wanted(attribute))));
        }

        if (faults.Count == 0 && options is IValidatableObject whole)
        {
            faults.AddRange(
                from result in whole.Validate(new ValidationContext(options))
                from member in result.MemberNames
                select Sentence(section, member, options.GetType().GetProperty(member)?.GetValue(options), result.ErrorMessage ?? "it is not valid"));
        }

        return faults;
    }

    /// <summary>Throws <see cref="ArgumentException"/> naming every fault, where there is one.</summary>
    public static void Refuse(object options, string section)
    {
        var faults = Of(options, section);
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        }
    }

    private static string Sentence(string section, string member, object? value, string wanted)
    {
        var shown = value switch
        {
            null or "" => "empty",
            System.Collections.ICollection list => string.Create(CultureInfo.InvariantCulture, $"a list of {list.Count}"),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
        return $"{section}:{member} is {shown}; {wanted}.";
    }

    private static string Wanted(ValidationAttribute attribute) => attribute switch
    {
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"it must be from {range.Minimum} to {range.Maximum}"),
        RequiredAttribute => "it must be set",
        _ => attribute.ErrorMessage ?? "it is not valid",
    };
}
