// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Detection.Explanation;
using Detector.Metering;
using Detector.Profiles;
using Detector.Profiles.Bursts;

namespace Detector.Detection.Bursts;

/// <summary>Writes a burst's evidence as one reason: how long, at what cell, and the two features that speak loudest its way.</summary>
internal static class BurstReason
{
    /// <summary>The group that burst reasons carry.</summary>
    public const string Group = "burst";

    private const int Told = 2;

    public static Reason Of(IReadOnlyList<BurstWindow> windows, double logOdds, double[] byFeature, IReadOnlyList<FeatureReference> honest)
    {
        var speaks = logOdds > 0;
        var loudest = Enumerable.Range(0, byFeature.Length)
            .OrderByDescending(i => speaks ? byFeature[i] : -byFeature[i])
            .ThenBy(i => i)
            .Take(Told)
            .ToArray();
        var seconds = Numbers.Significant(windows.Sum(w => w.Range.Length.TotalSeconds));
        var cell = windows[0].CellSeconds.ToString(CultureInfo.InvariantCulture);
        var english = string.Join("; ", loudest.Select(i => Sentence(windows, honest, i)));
        var chinese = string.Join("；", loudest.Select(i => SentenceZh(windows, honest, i)));
        var lead = speaks ? "the load holds and moves as hashing does" : "the load does not hold and move as hashing does";
        var leadZh = speaks ? "负荷的稳定与变动方式与哈希运算一致" : "负荷的稳定与变动方式与哈希运算不符";
        return new Reason(
            Group,
            speaks,
            Math.Round(Math.Abs(logOdds), 3, MidpointRounding.AwayFromZero),
            $"Over {seconds} s seen every {cell} s {lead}: {english}.",
            $"在{seconds}秒、每{cell}秒一点的采样中，{leadZh}：{chinese}。");
    }

    private static string Sentence(IReadOnlyList<BurstWindow> windows, IReadOnlyList<FeatureReference> honest, int i)
    {
        var feature = BurstFeatures.All[i];
        return $"{feature.Meaning} is {Text(feature, Median(windows, i))}, honest loads lie from {Text(feature, honest[i].Low)} to {Text(feature, honest[i].High)}";
    }

    private static string SentenceZh(IReadOnlyList<BurstWindow> windows, IReadOnlyList<FeatureReference> honest, int i)
    {
        var feature = BurstFeatures.All[i];
        return $"{feature.MeaningZh}为{Text(feature, Median(windows, i))}，正常负荷为{Text(feature, honest[i].Low)}至{Text(feature, honest[i].High)}";
    }

    private static string Text(FeatureDescription feature, double value) => Numbers.Text(feature, value);

    private static double Median(IReadOnlyList<BurstWindow> windows, int feature)
    {
        var sorted = windows.Select(w => w.Values[feature]).Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
