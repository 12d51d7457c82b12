// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Reporting;

namespace Detector.Analysis.Backtests;

/// <summary>A backtest as one HTML file.</summary>
internal static class BacktestHtml
{
    public static string Write(BacktestReport report)
    {
        var page = new HtmlPage(
            "Detector: backtest",
            $"{report.Candidate.Model} beside {report.InUse.Model} on history",
            "detector backtest --readings PATH --candidate MODEL",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{report.Meters} meters, looked at every {report.EveryDays:0.#} days from {report.From:yyyy-MM-dd} to {report.To:yyyy-MM-dd}; each look sees only the readings before it."));
        foreach (var table in report.Tables)
        {
            page.Table(table);
        }

        return page.ToString();
    }
}
