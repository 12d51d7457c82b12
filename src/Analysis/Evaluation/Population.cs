// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Detection;

namespace Detector.Analysis.Evaluation;

/// <summary>A kind of window that a figure is about.</summary>
/// <param name="Name">Name in the tables.</param>
/// <param name="Holds">Whether a window belongs to it.</param>
internal sealed record Population(string Name, Func<JudgedWindow, bool> Holds)
{
    /// <summary>Shares of mixtures that are judged.</summary>
    public static IReadOnlyList<double> Shares { get; } = [0.5, 0.3, 0.2, 0.1, 0.05];

    /// <summary>Honest windows that were recorded, of the long kind.</summary>
    public static Population Honest { get; } = new("honest", w => w.Class == SampleClass.Honest && w.Days == PlanSizes.LongDays);

    /// <summary>The same of the short kind.</summary>
    public static Population HonestShort { get; } = new("honest, 28 days", w => w.Class == SampleClass.Honest && w.Days == PlanSizes.ShortDays);

    /// <summary>Pure mining of every style that is trained on, long.</summary>
    public static Population Pure { get; } = new(
        "pure", w => w.Class == SampleClass.PureMining && w.Days == PlanSizes.LongDays && !MiningLoads.Unseen.Contains(w.Style, StringComparer.Ordinal));

    /// <summary>Mixtures of a fifth and more, however they began.</summary>
    public static Population LargeMixtures { get; } = new("mixtures of 20 % and more", w => w.Class == SampleClass.Mixture && w.Share >= 0.2 - 1e-9);

    /// <summary>Pure mining and mixtures of a fifth and more.</summary>
    public static Population PureAndLarge { get; } = new("pure and mixtures of 20 % and more", w => Pure.Holds(w) || LargeMixtures.Holds(w));

    /// <summary>Pure mining of one style.</summary>
    public static Population PureOf(string style, int days) => new(
        days == PlanSizes.LongDays ? style : $"{style}, {days} days",
        w => w.Class == SampleClass.PureMining && w.Style == style && w.Days == days);

    /// <summary>Mixtures of one share, from the first day or with an onset inside.</summary>
    public static Population MixtureOf(double share, MiningSince since) => new(
        (since == MiningSince.Onset ? "onset " : "first day ") + share.ToString("0 %", CultureInfo.InvariantCulture),
        w => w.Class == SampleClass.Mixture && w.Since == since && Math.Abs(w.Share - share) < 1e-9);
}
