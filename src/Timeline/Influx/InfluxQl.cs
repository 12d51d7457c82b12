// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Timeline.Influx;

/// <summary>The statements of InfluxQL in use.</summary>
internal static class InfluxQl
{
    /// <summary>Columns after the time, in the order in which <see cref="InfluxRows"/> reads them.</summary>
    private const string Columns =
        "\"kw\", \"register_kwh\", \"kvar\", \"power_factor\", \"volts\", \"amperes\", \"kind\", \"interval_us\", \"quality\", \"position\", \"index\"";

    private const string Kept = " FROM \"hours\", \"days\" WHERE ";

    private const string From = " FROM \"readings\" WHERE ";

    /// <summary>All points, for statements that need a bound of time.</summary>
    public static readonly string AllTime = Within(Micros.Of(TimeRange.All.From), Micros.Of(TimeRange.All.To));

    /// <summary>A string.</summary>
    public static string Text(string value) =>
        "'" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal) + "'";

    /// <summary>A name.</summary>
    public static string Name(string value) =>
        "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>The points of some meters from one microsecond to before another.</summary>
    public static string Points(IEnumerable<MeterId> meters, long from, long to) =>
        $"SELECT {Columns}{From}({Any(meters)}) AND {Within(from, to)} GROUP BY \"meter\"";

    /// <summary>The latest point of each of some meters.</summary>
    public static string Last(IEnumerable<MeterId> meters) =>
        $"SELECT last(\"position\"){From}({Any(meters)}) AND {AllTime} GROUP BY \"meter\"";

    /// <summary>The latest point of every meter.</summary>
    public static string LastOfEach() => $"SELECT last(\"position\"){From}{AllTime} GROUP BY \"meter\"";

    /// <summary>The first point of every meter.</summary>
    public static string FirstOfEach() => $"SELECT first(\"position\"){From}{AllTime} GROUP BY \"meter\"";

    /// <summary>The first and the last point of a meter, and of the hours and days that are kept of it.</summary>
    public static string Extent(MeterId meter) =>
        $"SELECT first(\"position\"){From}{Is(meter)} AND {AllTime}; SELECT last(\"position\"){From}{Is(meter)} AND {AllTime}; "
        + $"SELECT first(\"readings\"){Kept}{Is(meter)} AND {AllTime}; SELECT last(\"readings\"){Kept}{Is(meter)} AND {AllTime}";

    /// <summary>How many points there are.</summary>
    public static string Count() => $"SELECT count(\"position\"){From}{AllTime}";

    /// <summary>Every meter.</summary>
    public static string Meters() => "SHOW TAG VALUES FROM \"readings\" WITH KEY = \"meter\"";

    /// <summary>Next to nothing, but against the database and with the credentials.</summary>
    public static string Probe() => "SHOW MEASUREMENTS LIMIT 1";

    /// <summary>Makes the database where there is none.</summary>
    public static string Create(string database) => "CREATE DATABASE " + Name(database);

    /// <summary>The condition of a meter.</summary>
    public static string Is(MeterId meter) => "\"meter\" = " + MeterTag.Quoted(meter);

    /// <summary>The condition of any of some meters.</summary>
    public static string Any(IEnumerable<MeterId> meters) => string.Join(" OR ", meters.Select(Is));

    /// <summary>Times are given in nanoseconds, the only unit that every version reads in a bare number.</summary>
    public static string Within(long from, long to) =>
        string.Create(CultureInfo.InvariantCulture, $"time >= {Nanoseconds(from)} AND time < {Nanoseconds(to)}");

    private static long Nanoseconds(long microseconds) =>
        Math.Clamp(microseconds, Micros.Of(TimeRange.All.From), Micros.Of(TimeRange.All.To)) * TimeSpan.NanosecondsPerTick * TimeSpan.TicksPerMicrosecond;
}
