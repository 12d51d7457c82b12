// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Detection.Ladder;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Explanation;

/// <summary>Evidence in words.</summary>
/// <param name="Reasons">For and against, by falling weight.</param>
/// <param name="Balance">What those of the deciding evidence add up to.</param>
internal sealed record Explained(IReadOnlyList<Reason> Reasons, LogOddsBalance Balance);

/// <summary>Writes evidence as sentences: one a group, with its number and the honest range, strongest first.</summary>
internal sealed class ReasonWriter(DetectorModel model, FeatureCatalog catalog)
{
    private const double Faint = 0.05; // log-odds; less says nothing to a reader

    /// <summary>The reasons, and what they add up to.</summary>
    public Explained Write(Evidence evidence, Decision decision, float[] values)
    {
        var carrier = decision.Carrier;
        var reasons = new List<Reason>();
        double total;
        if (evidence.Change is { } change && carrier == Carrier.Added)
        {
            total = change.Score.LogOdds;
            reasons.Add(ChangeReasons.Summary(change));
            reasons.AddRange(Strong(change.Groups).Select(g => OfGroup(g, ChangeReasons.Features, model.Change!.Content.Honest, null, change.Values)));
        }
        else
        {
            var whole = evidence.WholeOf(decision);
            var mixed = carrier == Carrier.Mixed || (carrier is Carrier.None or Carrier.Declared && whole.MixedLogOdds > whole.PureLogOdds);
            total = mixed ? whole.MixedLogOdds : whole.PureLogOdds;
            var groups = mixed ? whole.MixedGroups : whole.PureGroups;
            var use = evidence.Registration.DeclaredUse;
            var ranges = model.References?.RangesOf(use);
            reasons.AddRange(Strong(groups).Select(g => OfGroup(g, catalog.Features, ranges ?? model.Honest, ranges is null ? null : use, values)));
        }

        var balance = new LogOddsBalance(total - reasons.Sum(r => r.ForMining ? r.Weight : -r.Weight), total);
        if (carrier == Carrier.Added && decision.Verdict == Verdict.Case && !evidence.Change!.Score.IsCase)
        {
            reasons.Add(ChangeReasons.Agreement(evidence.Whole));
        }

        if (!double.IsNaN(evidence.Utilisation))
        {
            reasons.Add(OfUtilisation(evidence.Utilisation));
        }

        if (evidence.BeganDaysAgo is { } began)
        {
            reasons.Add(OfCommissioning(began));
        }

        if (decision.ByYear)
        {
            reasons.Add(OfYear(evidence.Year!.Windows));
        }

        if (evidence.Use is { } declared)
        {
            reasons.Add(DeclaredReason.Of(declared, evidence.Registration.DeclaredUse, catalog.Features, values));
        }

        return new Explained([.. reasons.OrderByDescending(r => r.Weight).ThenBy(r => r.Group, StringComparer.Ordinal)], balance);
    }

    private static IEnumerable<GroupContribution> Strong(IEnumerable<GroupContribution> groups) => groups.Where(g => Math.Abs(g.LogOdds) >= Faint);

    private static Reason OfGroup(
        GroupContribution contribution, IReadOnlyList<FeatureDescription> features, IReadOnlyList<FeatureReference> references, DeclaredUse? use, float[] values)
    {
        var lead = GroupTexts.Of(contribution.Group);
        var feature = features[contribution.Feature];
        var range = references[contribution.Feature];
        var value = values[contribution.Feature];
        var low = Numbers.Text(feature, range.Low);
        var high = Numbers.Text(feature, range.High);
        var speaks = contribution.LogOdds > 0;
        var (english, chinese) = float.IsNaN(value)
            ? ("not known here", "此处未知")
            : (Numbers.Text(feature, value), Numbers.Text(feature, value));
        var (whose, whoseZh) = use is { } declared
            ? ($"honest load declared as {DeclaredUseTexts.English(declared)}", $"申报为{DeclaredUseTexts.Chinese(declared)}的正常负荷")
            : ("honest load", "正常负荷");
        return new Reason(
            contribution.Group, speaks, Weight(contribution.LogOdds),
            $"{(speaks ? lead.For : lead.Against)}: {feature.Meaning} is {english}; {whose} lies from {low} to {high}.",
            $"{(speaks ? lead.ForZh : lead.AgainstZh)}：{feature.MeaningZh}为{chinese}；{whoseZh}为{low}至{high}。")
        {
            Number = new ReasonNumber(feature.Name, float.IsNaN(value) ? null : value, range.Low, range.High, use?.Name() ?? "honest"),
            InTotal = true,
        };
    }

    /// <summary>Capacity weighs by a rule, not by the model: recordings carry no contracts.</summary>
    private static Reason OfUtilisation(double utilisation)
    {
        var speaks = utilisation >= 0.8;
        var share = (utilisation * 100).ToString("0", CultureInfo.InvariantCulture);
        var verb = speaks ? "as much as mining" : utilisation >= 0.6 ? "between the two" : "as little as a site with tenants";
        var verbZh = speaks ? "与挖矿相当" : utilisation >= 0.6 ? "介于两者之间" : "与托管站点相当";
        return new Reason(
            "utilisation", speaks, Math.Abs(utilisation - 0.7) < 0.1 ? 0 : 0.5,
            $"The peak uses {share} % of the contracted capacity, {verb}; mining uses 80 to 100 %, a data center with tenants 36 to 50 %.",
            $"峰值用到合同容量的{share}%，{verbZh}；挖矿为80–100%，托管数据中心为36–50%。");
    }

    private static Reason OfYear(int windows)
    {
        var count = windows.ToString(CultureInfo.InvariantCulture);
        return new Reason(
            "year", true, 0,
            $"The load has looked like this for a year: the weights are means over its last {count} windows of a quarter each, the numbers those of the last one.",
            $"一年来负荷一直如此：权重为最近{count}个季度窗口的平均值，数值取自最后一个窗口。");
    }

    private static Reason OfCommissioning(double daysAgo)
    {
        var days = Math.Round(daysAgo).ToString(CultureInfo.InvariantCulture);
        return new Reason(
            "commissioning", false, 0,
            $"The site ran at under a tenth of its present load until {days} days before the end of the window; it is judged by what runs since.",
            $"窗口结束前{days}天以前，站点负荷不足现有水平的十分之一；判断依据此后的负荷。");
    }

    internal static double Weight(double logOdds) => Math.Round(Math.Abs(logOdds), 3, MidpointRounding.AwayFromZero);
}
