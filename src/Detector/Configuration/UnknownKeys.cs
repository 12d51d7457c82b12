// SPDX-License-Identifier: Apache-2.0
using System.Collections;
using System.Reflection;

namespace Detector.Host.Configuration;

/// <summary>Keys of a configuration that no setting has: spelling mistakes, each with the setting that was likely meant.</summary>
internal static class UnknownKeys
{
    private const int MostDifferences = 3; // letters; farther off is another word

    public static List<string> Of(IConfiguration configuration)
    {
        var faults = new List<string>();
        Collect(configuration, typeof(Settings), faults);
        return faults;
    }

    private static void Collect(IConfiguration section, Type type, List<string> faults)
    {
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanRead && p.GetIndexParameters().Length == 0).ToArray();
        foreach (var child in section.GetChildren())
        {
            if (Array.Find(known, p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase)) is not { } property)
            {
                var meant = known.Select(p => (p.Name, Differences: Differences(p.Name, child.Key))).OrderBy(n => n.Differences).FirstOrDefault();
                faults.Add($"There is no setting {child.Path}{(meant.Name is not null && meant.Differences <= MostDifferences ? $"; is {meant.Name} meant?" : ".")}");
            }
            else if (IsOptions(property.PropertyType))
            {
                Collect(child, property.PropertyType, faults);
            }
            else if (property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && property.PropertyType.GetGenericArguments() is [.., { } item] && IsOptions(item))
            {
                foreach (var one in child.GetChildren())
                {
                    Collect(one, item, faults);
                }
            }
        }
    }

    private static bool IsOptions(Type type) => type is { IsClass: true } && type.Namespace?.StartsWith("Detector.", StringComparison.Ordinal) == true;

    /// <summary>Letters to change, add or take away, whatever their case.</summary>
    private static int Differences(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = diagonal + (char.ToUpperInvariant(one[i - 1]) == char.ToUpperInvariant(other[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
