// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles;

/// <summary>Short forms for the tables of features that each group opens with.</summary>
internal static class Describe
{
    /// <summary>Logarithm of 0.01 %: no meter is better, and below it a feature would see the meter's rounding.</summary>
    private const double LeastShare = -9.21;

    /// <summary>A ratio or share without a unit.</summary>
    public static FeatureDescription Ratio(string group, string name, double low, double high, string meaning, string meaningZh) =>
        new(name, group, "1", low, high, meaning, meaningZh);

    /// <summary>The natural logarithm of a share of the load: people read it as a percentage.</summary>
    public static FeatureDescription LogShare(string group, string name, string meaning, string meaningZh) =>
        new(name, group, "ln %", LeastShare, 30, meaning, meaningZh);

    /// <summary>The natural logarithm of a ratio: people read it as a factor.</summary>
    public static FeatureDescription Log(string group, string name, string meaning, string meaningZh) =>
        new(name, group, "ln", -30, 30, meaning, meaningZh);
}
