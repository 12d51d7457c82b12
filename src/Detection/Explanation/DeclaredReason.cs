// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Detection.References;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Explanation;

/// <summary>Writes how a load compares with the use that its site declared: one reason, with the feature that differs most.</summary>
internal static class DeclaredReason
{
    /// <summary>The group that the reason carries.</summary>
    public const string Group = "declared_use";

    public static Reason Of(UseEvidence evidence, DeclaredUse use, IReadOnlyList<FeatureDescription> features, float[] values)
    {
        var compared = evidence.Comparison;
        var speaks = evidence.LogOdds > 0;
        var (feature, range) = (features[evidence.Feature], evidence.Ranges[evidence.Feature]);
        var (value, low, high) = (Numbers.Text(feature, values[evidence.Feature]), Numbers.Text(feature, range.Low), Numbers.Text(feature, range.High));
        var (distance, usual) = (Numbers.Significant(compared.Distance), Numbers.Significant(compared.Usual));
        var (name, nameZh) = (DeclaredUseTexts.English(use), DeclaredUseTexts.Chinese(use));
        var of = string.Create(CultureInfo.InvariantCulture, $"{compared.Windows} honest windows of {compared.Sites} sites, {compared.RecordedSites} of them recorded");
        var ofZh = string.Create(CultureInfo.InvariantCulture, $"{compared.Sites}个正常站点的{compared.Windows}个窗口，其中{compared.RecordedSites}个为实测");
        var (lead, leadZh) = speaks
            ? ($"The load is less like {name}, as it was declared, than such loads are", $"负荷与所申报的{nameZh}不符")
            : ($"The load is like {name}, as it was declared", $"负荷与所申报的{nameZh}相符");
        return new Reason(
            Group, speaks, ReasonWriter.Weight(evidence.LogOdds),
            $"{lead}: it lies {distance} from the nearest reference, where 95 % of {of} lie within {usual}; most apart is that {feature.Meaning} is {value}, where such loads lie from {low} to {high}.",
            $"{leadZh}：与最近参照的距离为{distance}，而{ofZh}，95%不超过{usual}；差异最大的是{feature.MeaningZh}为{value}，此类负荷为{low}至{high}。")
        {
            Number = new ReasonNumber(feature.Name, values[evidence.Feature], range.Low, range.High, use.Name()),
        };
    }
}
