// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Cases.Measures;

/// <summary>Whether a project is stock or incremental in the sense of the notice.</summary>
public enum ProjectCategory
{
    /// <summary>It began before the cut-off date, whatever moment of its onset interval is true.</summary>
    Stock = 1,

    /// <summary>It began on the cut-off date or later, whatever moment of its onset interval is true.</summary>
    Incremental = 2,

    /// <summary>The interval reaches over the cut-off date, or there is no interval or no date: the data cannot decide.</summary>
    Undecided = 3,
}

/// <summary>Stock or incremental by the onset interval.</summary>
public static class ProjectCategories
{
    /// <summary>The category of an onset against a cut-off date.</summary>
    public static ProjectCategory Of(OnsetInterval? onset, DateTimeOffset? cutOff) =>
        onset is null || cutOff is null ? ProjectCategory.Undecided
        : onset.Latest < cutOff ? ProjectCategory.Stock
        : onset.Earliest >= cutOff ? ProjectCategory.Incremental
        : ProjectCategory.Undecided;
}
