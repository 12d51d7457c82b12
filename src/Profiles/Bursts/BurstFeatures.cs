// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Bursts;

/// <summary>The features of a window of seconds, in the order in which models know them. Frozen by name.</summary>
/// <remarks>
/// All are ratios to the window's own median: the watt level never enters. Each has a floor of about a tenth of a percent of the
/// load, the last digit of a common meter, so that digits are no features.
/// </remarks>
public static class BurstFeatures
{
    /// <summary>Every feature.</summary>
    public static IReadOnlyList<FeatureDescription> All { get; } =
    [
        new("spread", "flatness", "ln %", -7, 10, "the spread of 80 % of the time", "80%时间内的波动幅度"),
        new("near_2", "flatness", "1", 0, 1, "the share of time within 2 % of the median", "位于中位数±2%内的时间占比"),
        new("near_5", "flatness", "1", 0, 1, "the share of time within 5 % of the median", "位于中位数±5%内的时间占比"),
        new("noise", "noise", "ln %", -7, 10, "the movement from one cell to the next", "相邻采样间的变动"),
        new("slow_noise", "noise", "ln %", -7, 10, "the movement between means of ten seconds", "10秒均值间的变动"),
        new("memory", "noise", "1", -1, 1, "the correlation of neighbouring cells", "相邻采样的相关性"),
        new("memory_10", "noise", "1", -1, 1, "the correlation over ten seconds", "相隔10秒的相关性"),
        new("fast_share", "spectrum", "1", 0, 1, "the share of the movement at the fastest scale", "最快尺度上的变动占比"),
        new("slow_share", "spectrum", "1", 0, 1, "the share of the movement at slow scales", "较慢尺度上的变动占比"),
        new("dips", "dips", "1", 0, 60, "the number of dips a minute", "每分钟跌落次数"),
        new("dip_depth", "dips", "1", 0, 1, "the mean depth under 95 % of the median", "低于中位数95%的平均深度"),
        new("rises", "dips", "1", 0, 60, "the number of rises a minute", "每分钟跃升次数"),
        new("lean", "dips", "1", -1, 1, "the lean towards rises over dips", "向上偏离相对向下偏离的倾斜"),
        new("levels", "levels", "1", 0, 25, "the number of levels it holds", "停留的负荷水平数"),
        new("drift", "levels", "ln %", -7, 10, "the drift from the first third to the last", "首尾三分之一间的漂移"),
    ];
}
