// SPDX-License-Identifier: Apache-2.0
namespace Detector.Recordings;

/// <summary>Which column holds what; -1 where a file has no such column. Further columns are passed over.</summary>
internal sealed record ReadingsHeader(int Meter, int Time, int Power, int Quality, int Reactive, int Register)
{
    /// <summary><c>power_factor</c>.</summary>
    public int PowerFactor { get; init; } = -1;

    /// <summary><c>volts</c>.</summary>
    public int Volts { get; init; } = -1;

    /// <summary><c>amperes</c>.</summary>
    public int Amperes { get; init; } = -1;

    /// <summary><c>kind</c>, by the names of <see cref="Metering.ReadingKindNames"/>.</summary>
    public int Kind { get; init; } = -1;

    /// <summary><c>interval_s</c>.</summary>
    public int Interval { get; init; } = -1;

    /// <summary>Whether it has any column beyond those of the contract.</summary>
    public bool HasMore => PowerFactor >= 0 || Volts >= 0 || Amperes >= 0 || Kind >= 0 || Interval >= 0;

    public const string Expected = "timestamp_utc,value_kw or meter,timestamp_utc,value_kw, with optional quality, kvar, kwh_register, power_factor, volts, amperes, kind, interval_s; value_kw may be left out where kwh_register is there";

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

        var header = new ReadingsHeader(Find("meter"), Find("timestamp_utc"), Find("value_kw"), Find("quality"), Find("kvar"), Find("kwh_register"))
        {
            PowerFactor = Find("power_factor"),
            Volts = Find("volts"),
            Amperes = Find("amperes"),
            Kind = Find("kind"),
            Interval = Find("interval_s"),
        };
        int[] all = [header.Meter, header.Time, header.Power, header.Quality, header.Reactive, header.Register, header.PowerFactor, header.Volts, header.Amperes, header.Kind, header.Interval];
        return header.Time < 0 || (header.Power < 0 && header.Register < 0) || all.Contains(int.MinValue) ? null : header;
    }
}
