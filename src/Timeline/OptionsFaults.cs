// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Detector.Timeline;

/// <summary>Reads the range attributes of an options class and says each fault with the setting's full name and value.</summary>
internal static class OptionsFaults
{
    /// <summary>Adds the faults of one section; sections inside it are collected by their owner.</summary>
    public static void Collect(object section, string path, List<string> faults)
    {
        foreach (var property in section.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(section);
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
            {
                if (!rule.IsValid(value))
                {
                    faults.Add(Sentence($"{path}:{property.Name}", value, rule));
                }
            }
        }
    }

    private static string Sentence(string name, object? value, ValidationAttribute rule)
    {
        var given = Convert.ToString(value, CultureInfo.InvariantCulture);
        return rule switch
        {
            RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"{name} is {given}; it must be from {range.Minimum} to {range.Maximum}."),
            RequiredAttribute => $"{name} is empty; it must be given.",
            _ => $"{name} is '{given}'; {rule.FormatErrorMessage(name)}",
        };
    }
}
