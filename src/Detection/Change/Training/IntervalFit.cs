// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Change.Training;

/// <summary>Widens the intervals of onset and share until they hold the truth as often as they say, by the share that is stated.</summary>
internal static class IntervalFit
{
    private const double Content = 0.9;
    private const int LeastTrials = 30;

    private static readonly double[] UpTo = [0.12, 0.2, 0.3, 0.4, 1];
    private static readonly double[] Temperatures = [0.5, 0.7, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48];

    /// <summary>The lowest temperatures at which 90 % of the onsets lie in their intervals.</summary>
    public static OnsetTemperatures Onset(IReadOnlyList<OnsetTrial> trials) => ByShare(trials, 4, part =>
    {
        foreach (var temperature in Temperatures)
        {
            if (part.Count(t => Holds(t, temperature)) >= Content * part.Length)
            {
                return temperature;
            }
        }

        return Temperatures[^1];
    });

    /// <summary>The half-widths that hold 90 % of the true shares.</summary>
    public static OnsetTemperatures Share(IReadOnlyList<OnsetTrial> trials) => ByShare(trials, 0.15, part =>
    {
        double[] misses = [.. part.Select(t => Math.Abs(t.Share - t.StatedShare)).Order()];
        return Math.Round(misses[Math.Min(misses.Length - 1, (int)Math.Ceiling(Content * misses.Length))], 4);
    });

    private static bool Holds(OnsetTrial trial, double temperature)
    {
        var (earliest, _, latest) = trial.Curve.Interval(temperature);
        return trial.Truth >= earliest && trial.Truth <= latest;
    }

    private static OnsetTemperatures ByShare(IReadOnlyList<OnsetTrial> trials, double unknown, Func<OnsetTrial[], double> fit)
    {
        var values = new double[UpTo.Length];
        for (var i = 0; i < UpTo.Length; i++)
        {
            OnsetTrial[] part = [.. trials.Where(t => t.StatedShare <= UpTo[i] && (i == 0 || t.StatedShare > UpTo[i - 1]))];
            values[i] = part.Length >= LeastTrials ? fit(part) : trials.Count >= LeastTrials ? fit([.. trials]) : unknown;
        }

        return new OnsetTemperatures(UpTo, values);
    }
}
