// SPDX-License-Identifier: Apache-2.0
using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Detector.Host.Configuration;

/// <summary>Every fault of the settings by its key, from the ranges and rules that the options themselves carry.</summary>
internal static class SettingsFaults
{
    public static List<string> Of(Settings settings)
    {
        var faults = new List<string>();
        Collect(settings, string.Empty, faults);
        return faults;
    }

    private static void Collect(object options, string prefix, List<string> faults)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results)
        {
            var members = result.MemberNames.Any() ? result.MemberNames : ["*"];
            faults.AddRange(members.Select(member => $"{prefix}{member} is {ValueOf(options, member)}: {result.ErrorMessage}"));
        }

        foreach (var property in options.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0))
        {
            switch (property.GetValue(options))
            {
                case string or null:
                    break;
                case IEnumerable list:
                    var index = 0;
                    foreach (var item in list.Cast<object>().Where(IsOptions))
                    {
                        Collect(item, string.Create(CultureInfo.InvariantCulture, $"{prefix}{property.Name}:{index++}:"), faults);
                    }

                    break;
                case { } nested when IsOptions(nested):
                    Collect(nested, $"{prefix}{property.Name}:", faults);
                    break;
            }
        }
    }

    // A secret must not be shown back, whatever is wrong with it.
    private static string ValueOf(object options, string member) =>
        member == "Password" || member.EndsWith("Secret", StringComparison.Ordinal) || member.Contains("Token", StringComparison.Ordinal) || member.Contains("ConnectionString", StringComparison.Ordinal) || member.Contains("Url", StringComparison.Ordinal)
            ? "(not shown)"
            : Convert.ToString(options.GetType().GetProperty(member)?.GetValue(options), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "empty";

    private static bool IsOptions(object value) =>
        value.GetType() is { IsClass: true } type && type.Namespace?.StartsWith("Detector.", StringComparison.Ordinal) == true;
}
