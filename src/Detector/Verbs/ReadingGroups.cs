// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Host.Verbs;

/// <summary>Cuts a stream of readings into pieces of one meter each.</summary>
internal static class ReadingGroups
{
    /// <summary>Readings that follow one another and are of the same meter, at most <paramref name="most"/> together.</summary>
    public static IEnumerable<Reading[]> GroupAdjacent(this IEnumerable<Reading> readings, int most)
    {
        var group = new List<Reading>(most);
        foreach (var reading in readings)
        {
            if (group.Count > 0 && (group.Count == most || group[0].Meter != reading.Meter))
            {
                yield return [.. group];
                group.Clear();
            }

            group.Add(reading);
        }

        if (group.Count > 0)
        {
            yield return [.. group];
        }
    }
}
