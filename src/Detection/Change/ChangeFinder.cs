// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Calibration;
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Change;

/// <summary>Finds the change of a load that looks most like mining added to it.</summary>
/// <remarks>
/// Candidates are moments from which on the weeks have more than those before; each is judged by what was added there. What
/// cannot be told apart hourly: mining added, and any other plant of constant load added for good (detection-change research,
/// section 5; docs/decisions/0008).
/// </remarks>
internal sealed class ChangeFinder(ChangeModel model, JudgeOptions options, double prior)
{
    /// <summary>The change, or null where none is worth a watch.</summary>
    /// <param name="load">The load, history first.</param>
    /// <param name="start">First hour of the window.</param>
    public ChangeEvidence? Find(HourlyLoad load, int start)
    {
        var candidates = new ChangeReader(load).Candidates(start, load.Count);
        var scored = candidates.Select(c => (Candidate: c, Score: model.Score(c.Values, c.HasHistory))).ToArray();
        var best = scored.Where(s => s.Score.IsWatch)
            .OrderByDescending(s => s.Score.IsCase && ChangeGuard.Allows(s.Candidate.Values, s.Candidate.LevelKilowatts, options))
            .ThenByDescending(s => s.Score.Score).FirstOrDefault();
        return best.Candidate is null ? null : Describe(load, best.Candidate, best.Score, candidates.Count);
    }

    private ChangeEvidence Describe(HourlyLoad load, ChangeCandidate candidate, ChangeScore score, int candidates)
    {
        var added = candidate.Added;
        var clock = added.Steps.Clock;
        var (earliest, likely, latest) = OnsetLikelihood.Of(added).Interval(model.Content.Onset.At(added.Share));
        DateTimeOffset TimeOf(int hour) => load.Start + TimeSpan.FromHours(clock.UtcHour(hour));
        var width = model.Content.ShareWidth.At(added.Share);
        static double Part(double share) => Math.Round(Math.Clamp(share, 0, 1), 4, MidpointRounding.AwayFromZero);

        // Each candidate is as likely as another to be the onset: the likelihood ratio of the window is the mean over them.
        var odds = Posterior.Odds(prior) * score.LikelihoodRatio / candidates;
        return new ChangeEvidence(
            new OnsetInterval(TimeOf(earliest), TimeOf(likely), TimeOf(latest)),
            added.Level,
            new ShareInterval(Part(added.Share - width), Part(added.Share), Part(added.Share + width)),
            score,
            Posterior.Probability(odds),
            ChangeGuard.Allows(candidate.Values, added.Level, options),
            model.Groups(candidate.Values, score.WithHistory),
            candidate.Values);
    }
}
