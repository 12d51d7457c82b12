// SPDX-License-Identifier: Apache-2.0
namespace Detector.Web.Tests;

/// <summary>A report as <c>detector backtest</c> writes it; that the program's own is read too is a test of EndToEnd.</summary>
internal static class BacktestSample
{
    /// <summary>Writes a report of a candidate into a folder, with labels and three meters that change.</summary>
    public static string Write(string folder, string candidate = "hashrate/2", int others = 0)
    {
        Directory.CreateDirectory(folder);
        var more = string.Concat(Enumerable.Range(0, others).Select(i => $$"""
            ,{ "meter": "m-other-{{i}}", "site": "far-{{i}}", "at": "2026-03-26T00:00:00+00:00", "in_use": "watch", "candidate": "clear", "differing": 1, "looks": 10, "mines": null, "groups": [], "text": "Low.", "text_zh": "低。" }
            """));
        var path = Path.Combine(folder, "backtest.json");
        File.WriteAllText(path, $$"""
            {
              "from": "2026-01-29T00:00:00+00:00", "to": "2026-04-02T00:00:00+00:00", "every_days": 7, "meters": 64,
              "in_use": { "model": "hashrate/1", "looks": 640, "insufficient_share": 0.0125, "cases": 9, "cases_per_week": 0.9, "watched": 4,
                "false_discovery": "9 cases among 60 judged meters: at most 3 % are false.", "false_discovery_zh": "60块电表立案9起，误报至多3%。",
                "labelled": { "meters": 30, "mining": 11, "right": 8, "wrong": 1, "precision": { "value": 0.888889, "low": 0.7, "high": 1 }, "recall": { "value": 0.727273, "low": 0.5, "high": 0.9 }, "f1": { "value": 0.8, "low": 0.6, "high": 0.92 },
                  "false_per_thousand_site_years": { "value": null, "low": null, "high": null }, "honest_site_years": 3.6, "precision_among_first": [], "median_days_to_case": 12 } },
              "candidate": { "model": "{{candidate}}", "looks": 640, "insufficient_share": 0.0125, "cases": 10, "cases_per_week": 1, "watched": 3,
                "false_discovery": "10 cases among 60 judged meters: at most 4 % are false.", "false_discovery_zh": "60块电表立案10起，误报至多4%。", "labelled": null },
              "moves": [ { "in_use": "case", "candidate": "case", "meters": 8 }, { "in_use": "case", "candidate": "clear", "meters": 1 }, { "in_use": "watch", "candidate": "case", "meters": 2 }, { "in_use": "clear", "candidate": "clear", "meters": 53 } ],
              "changed": [
                { "meter": "m-20", "site": "s-7", "at": "2026-04-02T00:00:00+00:00", "in_use": "watch", "candidate": "case", "differing": 6, "looks": 10, "mines": true,
                  "groups": [ { "group": "flatness", "in_use": 0.4, "candidate": 1.9 }, { "group": "calendar", "in_use": -0.2, "candidate": 0.3 } ], "text": "The load varies by 1 % within a day.", "text_zh": "日内负荷仅波动 1 %。" },
                { "meter": "m-17", "site": "s-4", "at": "2026-03-26T00:00:00+00:00", "in_use": "case", "candidate": "clear", "differing": 2, "looks": 10, "mines": false, "groups": [ { "group": "drops", "in_use": 0.1, "candidate": -1.6 } ], "text": "Nine dips a month.", "text_zh": "每月九次下降。" },
                { "meter": "m-x", "site": {{System.Text.Json.JsonSerializer.Serialize(Sample.Injection)}}, "at": "2026-03-26T00:00:00+00:00", "in_use": "insufficient", "candidate": "watch", "differing": 1, "looks": 10, "mines": null, "groups": [], "text": {{System.Text.Json.JsonSerializer.Serialize(Sample.Injection)}}, "text_zh": {{System.Text.Json.JsonSerializer.Serialize(Sample.Injection)}} }{{more}}
              ],
              "tables": []
            }
            """);
        return path;
    }
}
