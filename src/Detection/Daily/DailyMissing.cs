// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Detection.Daily;

/// <summary>What a judgement by day lacks, in the words of days. Codes are frozen: machines read them.</summary>
internal static class DailyMissing
{
    public static MissingEvidence FinerReadings() => new(
        "finer_readings",
        "Hourly or quarter-hourly readings of one to three months: by day, mining at night or behind a daily curve cannot be told from a flat honest load, and outages of an hour are lost.",
        "一至三个月的小时或一刻钟读数：按日数据无法区分夜间挖矿、仿日曲线挖矿与平稳的正常负荷，一小时级的掉电也看不出来。");

    public static MissingEvidence Coverage(double coverage, double needed) => new(
        "coverage",
        Text($"{coverage * 100:0.#} % of the days are known; {needed * 100:0.#} % are needed."),
        Text($"已知天数占{coverage * 100:0.#}%；需要{needed * 100:0.#}%。"));

    public static MissingEvidence LongerWindow(double days) => new(
        "window",
        Text($"{days} days of daily energy: with fewer, no inspection is proposed."),
        Text($"{days}天的日电量：不足时不提请现场检查。"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
