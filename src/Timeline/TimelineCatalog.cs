// SPDX-License-Identifier: Apache-2.0
using Detector.Timeline.DuckDb;
using Detector.Timeline.Influx;
using Microsoft.Extensions.Logging;

namespace Detector.Timeline;

/// <summary>What a store needs to open.</summary>
/// <param name="Options">Options of the section; checked as a whole before a store is opened.</param>
/// <param name="Time">The clock.</param>
/// <param name="Logs">Where loggers come from.</param>
public sealed record TimelineSetup(TimelineOptions Options, TimeProvider Time, ILoggerFactory Logs);

/// <summary>Opens one kind of store.</summary>
public delegate Task<ITimeline> OpenTimeline(TimelineSetup setup, CancellationToken cancel);

/// <summary>The kinds of store by name: one line each, a name only once.</summary>
public sealed class TimelineCatalog
{
    private readonly Dictionary<string, OpenTimeline> _kinds = new(StringComparer.Ordinal);

    /// <summary>Every kind that comes with the product.</summary>
    public static TimelineCatalog Standard()
    {
        var catalog = new TimelineCatalog();
        catalog.Add(DuckDbTimeline.KindName, DuckDbTimeline.OpenAsync);
        catalog.Add(InfluxTimeline.KindName, InfluxTimeline.OpenAsync);
        return catalog;
    }

    /// <summary>Names of the kinds, in the order they were added.</summary>
    public IReadOnlyCollection<string> Kinds => _kinds.Keys;

    /// <summary>Adds a kind; throws <see cref="ArgumentException"/> where the name is taken.</summary>
    public void Add(string kind, OpenTimeline open)
    {
        if (!_kinds.TryAdd(kind, open))
        {
            throw new ArgumentException($"There is already a timeline of kind '{kind}'.", nameof(kind));
        }
    }

    /// <summary>Checks the options and opens the store they name.</summary>
    /// <exception cref="TimelineConfigurationException">The options have faults; all are named.</exception>
    /// <exception cref="TimelineUnavailableException">The store cannot be opened now, such as a file that another process holds.</exception>
    public async Task<ITimeline> OpenAsync(TimelineSetup setup, CancellationToken cancel)
    {
        var faults = setup.Options.Faults().ToList();
        if (!_kinds.TryGetValue(setup.Options.Kind, out var open))
        {
            faults.Add($"{TimelineOptions.Section}:Kind is '{setup.Options.Kind}'; it must be one of {string.Join(", ", Kinds)}.");
        }

        return faults.Count > 0 ? throw new TimelineConfigurationException(faults) : await open!(setup, cancel);
    }
}
