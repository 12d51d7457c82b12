// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Detection.Change;
using Detector.Detection.Ladder;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Explanation;

/// <summary>Writes evidence as sentences: one a group, with its number and the honest range, strongest first.</summary>
internal sealed class ReasonWriter(DetectorModel model, FeatureCatalog catalog)
{
    private const double Faint = 0.05; // log-odds; less says nothing to a reader

    /// <summary>The reasons for and against, by falling weight.</summary>
    public IReadOnlyList<Reason> Write(Evidence evidence, Carrier carrier, float[] values)
    {
        var reasons = new List<Reason>();
        var mixed = carrier == Carrier.Mixed
            || (carrier == Carrier.None && evidence.Whole.MixedLogOdds > evidence.Whole.PureLogOdds);
        foreach (var group in mixed ? evidence.Whole.MixedGroups : evidence.Whole.PureGroups)
        {
            if (Math.Abs(group.LogOdds) >= Faint)
            {
                reasons.Add(OfGroup(group, values));
            }
        }

        if (evidence.Change is { } change && carrier == Carrier.Added)
        {
            reasons.Add(OfChange(change));
        }

        if (!double.IsNaN(evidence.Utilisation))
        {
            reasons.Add(OfUtilisation(evidence.Utilisation));
        }

        return [.. reasons.OrderByDescending(r => r.Weight).ThenBy(r => r.Group, StringComparer.Ordinal)];
    }

    private Reason OfGroup(GroupContribution contribution, float[] values)
    {
        var lead = GroupTexts.Of(contribution.Group);
        var feature = catalog.Features[contribution.Feature];
        var honest = model.Honest[contribution.Feature];
        var low = Numbers.Text(feature, honest.Low);
        var high = Numbers.Text(feature, honest.High);
        var speaks = contribution.LogOdds > 0;
        var (english, chinese) = float.IsNaN(values[contribution.Feature])
            ? ("not known here", "此处未知")
            : (Numbers.Text(feature, values[contribution.Feature]), Numbers.Text(feature, values[contribution.Feature]));
        return new Reason(
            contribution.Group, speaks, Weight(contribution.LogOdds),
            $"{(speaks ? lead.For : lead.Against)}: {feature.Meaning} is {english}; honest load lies from {low} to {high}.",
            $"{(speaks ? lead.ForZh : lead.AgainstZh)}：{feature.MeaningZh}为{chinese}；正常负荷为{low}至{high}。");
    }

    private static Reason OfChange(ChangeEvidence change)
    {
        var kilowatts = Numbers.Significant(change.AddedKilowatts);
        var share = (change.Share.Likely * 100).ToString("0", CultureInfo.InvariantCulture);
        var speaks = change.Added.PureLogOdds > 0;
        var (hours, hoursZh) = change.Constancy >= 0.6 ? ("all hours of the week alike", "全周各时段均匀") : ("some hours more than at others", "各时段不均匀地");
        var on = change.Onset.Likely.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new Reason(
            "added_load", speaks, Weight(change.Added.PureLogOdds),
            $"On {on} about {kilowatts} kW were added at {hours} and stayed, {share} % of the load since; by itself the addition looks {(speaks ? "like mining" : "less like mining than the load as a whole")}.",
            $"{on}起{hoursZh}新增约{kilowatts}千瓦并持续，占此后负荷的{share}%；单独看新增部分{(speaks ? "更像挖矿" : "不如整体负荷像挖矿")}。");
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

    private static double Weight(double logOdds) => Math.Round(Math.Abs(logOdds), 3, MidpointRounding.AwayFromZero);
}
