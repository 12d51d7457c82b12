// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Detection.Models;
using Detector.Detection.Trees;
using Detector.Metering;
using Detector.Profiles.Bursts;

namespace Detector.Detection.Bursts;

/// <summary>Tells hashing from other load by readings of seconds: one small ensemble a grid, calibrated on recordings held out.</summary>
/// <remarks>
/// In: a load of 0.1 to 10 s, a minute and more. Out: a log likelihood ratio with its reason; null where there is no such minute.
/// Cannot tell apart: hashing and a server whose accelerators are kept saturated for the whole burst (docs/bursts.md). Immutable
/// and pure; safe to share between threads.
/// </remarks>
public sealed class BurstModel
{
    /// <summary>Name of the file in a model's folder.</summary>
    public const string FileName = "burst.json";

    private const string Format = "detector-burst/1";

    private readonly BurstContent _content;
    private readonly ShapleyValues[] _shapley;

    internal BurstModel(BurstContent content)
    {
        _content = content;
        _shapley = [.. content.Heads.Select(h => new ShapleyValues(h.Trees))];
    }

    /// <summary>The thresholds of the decision, finest grid first.</summary>
    public IReadOnlyList<BurstThresholds> Thresholds => [.. _content.Heads.Select(h => h.Thresholds)];

    /// <summary>What it was trained on.</summary>
    public IReadOnlyList<BurstCount> TrainedOn => _content.TrainedOn;

    internal BurstContent Content => _content;

    /// <summary>Reads the evidence of a model folder; null where the folder has none.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or made for other features.</exception>
    public static BurstModel? Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return null;
        }

        var content = ModelEnvelope.Read<BurstContent>(Format, path);
        return content.Features.SequenceEqual(BurstFeatures.All.Select(f => f.Name))
            ? new BurstModel(content)
            : throw new InvalidDataException($"The model '{path}' was trained on other features. Train it again.");
    }

    /// <summary>Writes <c>burst.json</c> into a folder; the same evidence gives the same bytes.</summary>
    public void Save(string folder) => ModelEnvelope.Write(_content, Format, Path.Combine(folder, FileName));

    /// <summary>What a load of seconds says; null where it is too coarse or no stretch lasts a minute.</summary>
    public BurstEvidence? Assess(LoadSeries series)
    {
        var windows = BurstCutter.Windows(series);
        return windows.Count > 0 && _content.Heads.Any(h => h.CellSeconds == windows[0].CellSeconds) ? Assess(windows) : null;
    }

    /// <summary>What windows of one grid say together.</summary>
    internal BurstEvidence Assess(IReadOnlyList<BurstWindow> windows)
    {
        var at = 0;
        while (_content.Heads[at].CellSeconds != windows[0].CellSeconds)
        {
            at++;
        }

        var head = _content.Heads[at];
        var sums = new double[BurstFeatures.All.Count];
        var byFeature = new double[sums.Length];
        var logOdds = 0.0;
        foreach (var window in windows)
        {
            logOdds += LogOdds(head, window.Values) / windows.Count;
            _shapley[at].Attribute(window.Values, byFeature);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += byFeature[i] * head.Calibrator.Slope / windows.Count;
            }
        }

        var odds = Posterior.Odds(_content.Prior) * Math.Exp(logOdds);
        return new BurstEvidence
        {
            LogOdds = logOdds,
            Probability = Posterior.Probability(odds),
            PValue = _content.Conformal.PValue(logOdds),
            IsHashing = logOdds >= head.Thresholds.Watch,
            IsAgainst = logOdds <= head.Thresholds.Against,
            Reason = BurstReason.Of(windows, logOdds, sums, head.Honest),
            Seconds = windows.Sum(w => w.Range.Length.TotalSeconds),
            Windows = windows.Count,
        };
    }

    /// <summary>One window's log likelihood ratio, within what the recordings support.</summary>
    /// <remarks>A window in which nothing moves speaks for nothing: a lamp, an idle server and a bank of a thousand machines look alike.</remarks>
    internal static double LogOdds(BurstHead head, float[] values) => LogOdds(head.Calibrator, head.Trees.Score(values), values);

    internal static double LogOdds(LogisticCalibrator calibrator, double score, float[] values)
    {
        var logOdds = Math.Clamp(calibrator.LogOdds(score), -calibrator.Cap, calibrator.Cap);
        return BurstStillness.Holds(values) ? Math.Min(logOdds, 0) : logOdds;
    }
}
