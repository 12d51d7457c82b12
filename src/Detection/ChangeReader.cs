// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Change;
using Detector.Detection.Change.Features;
using Detector.Profiles;

namespace Detector.Detection;

/// <summary>Reads what was added to a load, and when, at any look back at it.</summary>
/// <remarks>Training and judging go through here: one code path. Nothing after a look is read.</remarks>
public sealed class ChangeReader
{
    private static readonly ChangeCatalog Catalog = ChangeCatalog.Default();

    private readonly WallClock _clock;

    /// <summary>A reader of one load.</summary>
    public ChangeReader(HourlyLoad load)
    {
        ArgumentNullException.ThrowIfNull(load);
        _clock = WallClock.Of(load);
    }

    /// <summary>Moments of a window at which something may have been added for good, with the features of what was.</summary>
    /// <param name="start">First hour of the window; hours before it are history.</param>
    /// <param name="end">Hour at which the look is taken.</param>
    public IReadOnlyList<ChangeCandidate> Candidates(int start, int end)
    {
        var steps = new LoadSteps(_clock, _clock.IndexOf(start), Math.Min(_clock.Count, _clock.IndexOf(end)));
        return
        [
            .. CandidateSearch.Find(steps.Points).Select(p => new AddedLoad(steps, p)).Where(a => a.Rises)
                .Select(a => new ChangeCandidate(a, _clock.UtcHour(a.Point.Hour), Catalog.Compute(a), HistoryGroup.Known(a))),
        ];
    }

    /// <summary>A trial of the intervals: a candidate whose true onset and share are known.</summary>
    /// <param name="candidate">A candidate of this reader.</param>
    /// <param name="onset">Hour of the load at which mining began.</param>
    /// <param name="share">Mining over the load from then on, 0 to 1.</param>
    public OnsetTrial Trial(ChangeCandidate candidate, int onset, double share)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return new OnsetTrial(OnsetLikelihood.Of(candidate.Added), candidate.Added.Share, _clock.IndexOf(onset), share);
    }
}

/// <summary>A moment at which something may have been added for good.</summary>
public sealed class ChangeCandidate
{
    internal ChangeCandidate(AddedLoad added, int hour, float[] values, bool hasHistory)
    {
        Added = added;
        Hour = hour;
        Values = values;
        HasHistory = hasHistory;
    }

    /// <summary>The hour of the load, to within half a day or so.</summary>
    public int Hour { get; }

    /// <summary>Features of what was added; <see cref="float.NaN"/> where unknown.</summary>
    public float[] Values { get; }

    /// <summary>Whether thirteen months before it are known.</summary>
    public bool HasHistory { get; }

    /// <summary>Level of the added load while it runs, kW; for the decision, never an input of a model.</summary>
    public double LevelKilowatts => Added.Level;

    internal AddedLoad Added { get; }
}
