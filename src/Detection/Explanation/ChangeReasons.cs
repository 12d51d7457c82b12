// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Detection.Change;
using Detector.Detection.Change.Features;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Explanation;

/// <summary>What an added load means in words.</summary>
internal static class ChangeReasons
{
    /// <summary>The features that its groups speak of.</summary>
    public static IReadOnlyList<FeatureDescription> Features { get; } = ChangeCatalog.Default().Features;

    /// <summary>What was added, when and how much. Its weight is the constant to which the groups add up to the log-odds.</summary>
    public static Reason Summary(ChangeEvidence change)
    {
        var constant = change.Score.LogOdds - change.Groups.Sum(g => g.LogOdds);
        var kilowatts = Numbers.Significant(change.AddedKilowatts);
        string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture);
        var (low, likely, high) = (Percent(change.Share.Low), Percent(change.Share.Likely), Percent(change.Share.High));
        var on = Day(change.Onset.Likely);
        var (from, to) = (Day(change.Onset.Earliest), Day(change.Onset.Latest));
        var (against, againstZh) = change.Score.WithHistory ? ("thirteen months before it", "此前十三个月") : ("the weeks before it alone", "仅此前数周");
        return new Reason(
            "added_load", constant > 0, ReasonWriter.Weight(constant),
            $"About {kilowatts} kW were added on {on} (between {from} and {to}) and stayed, {likely} % of the load since ({low} to {high} %); judged against {against}.",
            $"{on}（{from}至{to}之间）新增约{kilowatts}千瓦并持续，占此后负荷的{likely}%（{low}–{high}%）；以{againstZh}为参照。")
        {
            InTotal = true,
        };
    }

    /// <summary>That the load as a whole says the same: why an addition between its thresholds is a case. Not part of the sum, which is the addition's.</summary>
    public static Reason Agreement(ClassEvidence whole)
    {
        var logOdds = Math.Max(whole.PureLogOdds, whole.MixedLogOdds);
        var times = Numbers.Significant(Math.Exp(logOdds));
        return new Reason(
            "whole", true, ReasonWriter.Weight(logOdds),
            $"The load as a whole says the same by itself: it is about {times} times as likely where mining runs beside an honest load as without.",
            $"整体负荷本身也指向同一结论：与无挖矿相比，在正常负荷旁有挖矿时出现此负荷的可能性约为{times}倍。");
    }

    private static string Day(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + "Z";
}
