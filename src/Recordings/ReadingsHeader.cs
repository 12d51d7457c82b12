// SPDX-License-Identifier: Apache-2.0
namespace Detector.Recordings;

/// <summary>Which column holds what; -1 where a file has no such column. Further columns are passed over.</summary>
internal sealed record ReadingsHeader(int Meter, int Time, int Power, int Quality, int Reactive, int Register)
{
    public const string Expected = "timestamp_utc,value_kw or meter,timestamp_utc,value_kw, with optional quality, kvar, kwh_register";

    /// <summary>Reads column names; null where they are not those of a readings file.</summary>
    public static ReadingsHeader? TryParse(IReadOnlyList<string> names)
    {
        int Find(string name)
        {
            var found = -1;
            for (var i = 0; i < names.Count; i++)
            {
                if (names[i].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    found = found < 0 ? i : int.MinValue; // twice: not to be told which one counts
                }
            }

            return found;
        }

        var header = new ReadingsHeader(Find("meter"), Find("timestamp_utc"), Find("value_kw"), Find("quality"), Find("kvar"), Find("kwh_register"));
        int[] all = [header.Meter, header.Time, header.Power, header.Quality, header.Reactive, header.Register];
        return header.Time < 0 || header.Power < 0 || all.Contains(int.MinValue) ? null : header;
    }
}
