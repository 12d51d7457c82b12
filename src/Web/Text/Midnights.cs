// SPDX-License-Identifier: Apache-2.0
namespace Detector.Web.Text;

/// <summary>Where a day that somebody chose begins.</summary>
internal static class Midnights
{
    /// <summary>The first moment of a day, UTC; where the clocks skip midnight, the moment they skip to.</summary>
    internal static DateTimeOffset Of(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
