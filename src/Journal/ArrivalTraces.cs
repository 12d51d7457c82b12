// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;

namespace Detector.Journal;

/// <summary>Which of the latest records belong to a trace, so that what is done with many records at once can go on in it.</summary>
/// <remarks>
/// Held in memory only: a trace ends where the process does, and of more than <see cref="Most"/> traced records the earlier ones are forgotten.
/// Where nobody listens to traces nothing is noted and nothing costs.
/// </remarks>
public sealed class ArrivalTraces
{
    /// <summary>Name of the source of the journal's own spans.</summary>
    public const string SourceName = "Detector.Journal";

    private const int Most = 4096;
    private const int MostLinks = 64;
    private readonly Lock _gate = new();
    private readonly (long Sequence, ActivityContext Context)[] _latest = new (long, ActivityContext)[Most];
    private long _count;

    internal static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Begins a span of a range of records: in the trace of the first of them that has one, linked to those of the others; null where none has.</summary>
    /// <param name="source">Whose span it is.</param>
    /// <param name="name">Its name.</param>
    /// <param name="first">Number of the first record.</param>
    /// <param name="last">Number of the last record.</param>
    public Activity? Continue(ActivitySource source, string name, long first, long last)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.HasListeners() || Volatile.Read(ref _count) == 0)
        {
            return null;
        }

        var traces = Within(first, last);
        if (traces.Count == 0)
        {
            return null;
        }

        var activity = source.StartActivity(name, ActivityKind.Internal, traces[0], links: traces.Skip(1).Select(context => new ActivityLink(context)));
        activity?.SetTag("detector.journal.first", first).SetTag("detector.journal.last", last);
        return activity;
    }

    /// <summary>Notes the trace in which a record was appended, where there is one that is recorded.</summary>
    internal void Note(long sequence, Activity? activity)
    {
        if (activity is { Recorded: true })
        {
            activity.SetTag("detector.journal.sequence", sequence);
            lock (_gate)
            {
                _latest[_count % Most] = (sequence, activity.Context);
                Volatile.Write(ref _count, _count + 1);
            }
        }
    }

    private List<ActivityContext> Within(long first, long last)
    {
        var found = new List<ActivityContext>();
        lock (_gate)
        {
            // Numbers rise, so the search ends at the first that is too low.
            for (var i = _count - 1; i >= Math.Max(0, _count - Most); i--)
            {
                var (sequence, context) = _latest[i % Most];
                if (sequence < first)
                {
                    break;
                }

                if (sequence <= last)
                {
                    found.Add(context);
                }
            }
        }

        found.Reverse();
        return found.Count <= MostLinks ? found : found[..MostLinks];
    }
}
