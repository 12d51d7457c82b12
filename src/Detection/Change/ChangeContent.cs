// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Trees;

namespace Detector.Detection.Change;

/// <summary>Everything change evidence is, as it is stored in <c>change.json</c>.</summary>
internal sealed record ChangeContent
{
    /// <summary>Names of the features in order.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>What honest changes look like, feature by feature.</summary>
    public required IReadOnlyList<FeatureReference> Honest { get; init; }

    /// <summary>For changes of which only the window is known.</summary>
    public required ChangeHead Window { get; init; }

    /// <summary>For changes with thirteen months before them; null where no training load had as much.</summary>
    public required ChangeHead? History { get; init; }

    /// <summary>What flattens the onset's likelihood, by share.</summary>
    public required OnsetTemperatures Onset { get; init; }

    /// <summary>Half-width of the share's interval that held 90 % of training injections, as a part of the load, by share.</summary>
    public required OnsetTemperatures ShareWidth { get; init; }
}

/// <summary>One ensemble, its calibration, its thresholds and honest reference.</summary>
/// <param name="Trees">The trees: half small trees, half stumps, both halved.</param>
/// <param name="Calibrator">From score to log likelihood ratio.</param>
/// <param name="Case">Score of a case: what few honest windows reach at any look with an addition that counts.</param>
/// <param name="Watch">Score of a watch.</param>
/// <param name="Sources">What each source by itself would set.</param>
/// <param name="Conformal">Highest score of each honest window over all its looks, by source.</param>
internal sealed record ChangeHead(
    TreeEnsemble Trees, LogisticCalibrator Calibrator, double Case, double Watch, IReadOnlyList<ChangeSourceThreshold> Sources, ConformalReference Conformal);

/// <summary>Thresholds that one source by itself would set.</summary>
internal sealed record ChangeSourceThreshold(string Source, int Windows, int Sites, double Case, double Watch);

/// <summary>A figure by the added load's share of the load: rising upper bounds, and a value for each.</summary>
internal sealed record OnsetTemperatures(double[] UpTo, double[] Values)
{
    /// <summary>The value at a share.</summary>
    public double At(double share)
    {
        var i = 0;
        while (i < UpTo.Length - 1 && share > UpTo[i])
        {
            i++;
        }

        return Values[i];
    }
}
