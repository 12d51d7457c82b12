// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Web.Text;

/// <summary>Figures as people of the present language read them, with their units.</summary>
internal static class Figures
{
    private const string Nothing = "–";

    /// <summary>A share of 0 to 1 in percent.</summary>
    internal static string Percent(double? share, int decimals = 0) =>
        share is { } value ? (value * 100).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture) + " %" : Nothing;

    /// <summary>Power in kW; a dash where it is not known or not a number.</summary>
    internal static string Kilowatts(double? power) =>
        power is { } value && double.IsFinite(value) ? value.ToString(Math.Abs(value) < 100 ? "N1" : "N0", CultureInfo.CurrentCulture) + " kW" : Nothing;

    /// <summary>A count.</summary>
    internal static string Count(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>A p-value or another small number.</summary>
    internal static string Small(double? value) => value switch
    {
        null => Nothing,
        < 0.0001 => "< " + 0.0001.ToString("0.####", CultureInfo.CurrentCulture),
        { } number => number.ToString("0.####", CultureInfo.CurrentCulture),
    };

    /// <summary>The interval of a share.</summary>
    internal static string Share(ShareInterval? share) => share is null ? Nothing : $"{Percent(share.Likely)} ({Percent(share.Low)} – {Percent(share.High)})";

    /// <summary>A cadence in the largest whole unit.</summary>
    internal static string Cadence(double seconds) => seconds switch
    {
        <= 0 => Nothing,
        >= 86400 when seconds % 86400 == 0 => Unit(seconds / 86400, "d"),
        >= 3600 when seconds % 3600 == 0 => Unit(seconds / 3600, "h"),
        >= 60 when seconds % 60 == 0 => Unit(seconds / 60, "min"),
        _ => Unit(seconds, "s"),
    };

    /// <summary>How long something has stood, in the largest unit that says enough.</summary>
    internal static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => Unit(Math.Floor(age.TotalDays), "d"),
        { TotalHours: >= 1 } => Unit(Math.Floor(age.TotalHours), "h"),
        _ => Unit(Math.Max(0, Math.Floor(age.TotalMinutes)), "min"),
    };

    /// <summary>A moment in a zone, with the zone's offset then.</summary>
    internal static string Moment(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(moment, zone);
        return there.ToString(Cultures.IsChinese ? "yyyy年M月d日 HH:mm" : "d MMM yyyy, HH:mm", CultureInfo.CurrentCulture) + " " + Offset(there.Offset);
    }

    /// <summary>The day of a moment in a zone.</summary>
    internal static string Day(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString(Cultures.IsChinese ? "yyyy年M月d日" : "d MMM yyyy", CultureInfo.CurrentCulture);

    private static string Offset(TimeSpan offset) => offset == TimeSpan.Zero
        ? "UTC"
        : string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours)}{(offset.Minutes == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $":{Math.Abs(offset.Minutes):00}"))}");

    private static string Unit(double value, string unit) => value.ToString("0.##", CultureInfo.CurrentCulture) + " " + unit;
}
