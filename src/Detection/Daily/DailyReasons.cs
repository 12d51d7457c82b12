// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Detection.Explanation;
using Detector.Metering;
using Detector.Profiles.Daily;

namespace Detector.Detection.Daily;

/// <summary>Writes daily evidence as sentences: one a group, with its number and the honest range, strongest first.</summary>
internal sealed class DailyReasons(DailyModel model, DailyCatalog catalog)
{
    private const double Faint = 0.05; // log-odds; less says nothing to a reader

    /// <summary>The reasons for and against, by falling weight, and what they add up to.</summary>
    public Explained Write(DailyEvidence evidence, float[] values, double utilisation)
    {
        Reason[] reasons = [.. evidence.Groups.Where(g => Math.Abs(g.LogOdds) >= Faint).Select(g => OfGroup(g, values))];
        var constant = evidence.LogOdds - reasons.Sum(r => r.ForMining ? r.Weight : -r.Weight);
        var all = double.IsNaN(utilisation) ? reasons : reasons.Append(OfUtilisation(utilisation));
        return new Explained(
            [.. all.OrderByDescending(r => r.Weight).ThenBy(r => r.Group, StringComparer.Ordinal)], new LogOddsBalance(constant, evidence.LogOdds));
    }

    private Reason OfGroup(GroupContribution contribution, float[] values)
    {
        var lead = DailyTexts.Of(contribution.Group);
        var feature = catalog.Features[contribution.Feature];
        var honest = model.Honest[contribution.Feature];
        var (low, high) = (Numbers.Text(feature, honest.Low), Numbers.Text(feature, honest.High));
        var speaks = contribution.LogOdds > 0;
        var value = values[contribution.Feature];
        var (english, chinese) = float.IsNaN(value) ? ("not known here", "此处未知") : (Numbers.Text(feature, value), Numbers.Text(feature, value));
        return new Reason(
            contribution.Group, speaks, Math.Round(Math.Abs(contribution.LogOdds), 3, MidpointRounding.AwayFromZero),
            $"{(speaks ? lead.For : lead.Against)}: {feature.Meaning} is {english}; honest load lies from {low} to {high}.",
            $"{(speaks ? lead.ForZh : lead.AgainstZh)}：{feature.MeaningZh}为{chinese}；正常负荷为{low}至{high}。")
        {
            Number = new ReasonNumber(feature.Name, float.IsNaN(value) ? null : value, honest.Low, honest.High, "honest"),
            InTotal = true,
        };
    }

    /// <summary>Capacity weighs by a rule, not by the model: recordings carry no contracts.</summary>
    private static Reason OfUtilisation(double utilisation)
    {
        var share = (utilisation * 100).ToString("0", CultureInfo.InvariantCulture);
        return new Reason(
            "utilisation", utilisation >= 0.8, Math.Abs(utilisation - 0.7) < 0.1 ? 0 : 0.5,
            $"The highest days average {share} % of the contracted capacity; mining around the clock uses 80 to 100 %, a data center with tenants 36 to 50 %.",
            $"最高日平均用到合同容量的{share}%；全天挖矿为80–100%，托管数据中心为36–50%。");
    }
}
