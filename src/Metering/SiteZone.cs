// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>Time zones by the names that registers give them.</summary>
public static class SiteZone
{
    /// <summary>A zone by its IANA name; UTC where there is none or the machine does not know it. The register refuses such names, so that this meets only old files.</summary>
    public static TimeZoneInfo Of(string? name) =>
        name is not null && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
