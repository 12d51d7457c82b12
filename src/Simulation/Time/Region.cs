// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>A region of the grid operator: where its sun stands and what its weather is like.</summary>
/// <param name="Name">Name in the register.</param>
/// <param name="TimeZone">IANA time zone.</param>
/// <param name="UtcOffset">Its offset, the same all year.</param>
/// <param name="LatitudeDegrees">North of the equator.</param>
/// <param name="LongitudeDegrees">East of Greenwich.</param>
/// <param name="MeanCelsius">Mean temperature of a year.</param>
/// <param name="SeasonCelsius">Half the difference of the warmest and the coldest month.</param>
/// <param name="DayCelsius">Half the difference of afternoon and early morning on a clear day.</param>
public sealed record Region(
    string Name,
    string TimeZone,
    TimeSpan UtcOffset,
    double LatitudeDegrees,
    double LongitudeDegrees,
    double MeanCelsius,
    double SeasonCelsius,
    double DayCelsius)
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>The regions a fleet is spread over: rounded climate normals of seven provinces.</summary>
    public static IReadOnlyList<Region> All { get; } =
    [
        new("Inner Mongolia", "Asia/Shanghai", China, 40.8, 111.7, 7, 17, 6),
        new("Sichuan", "Asia/Shanghai", China, 30.7, 104.1, 17, 10, 3.5),
        new("Xinjiang", "Asia/Shanghai", China, 43.8, 87.6, 7, 19, 5.5),
        new("Zhejiang", "Asia/Shanghai", China, 30.3, 120.2, 17.5, 12, 4),
        new("Guangdong", "Asia/Shanghai", China, 23.1, 113.3, 22.5, 7.5, 3.5),
        new("Hebei", "Asia/Shanghai", China, 38.0, 114.5, 14, 14.5, 5),
        new("Yunnan", "Asia/Shanghai", China, 25.0, 102.7, 15.5, 6.5, 5.5),
    ];
}
