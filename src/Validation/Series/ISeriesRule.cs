// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>What a series rule does with the slots it marks.</summary>
internal enum SeriesEffect : byte
{
    /// <summary>They keep their values.</summary>
    Mark = 1,

    /// <summary>Their values are taken out of the series.</summary>
    Exclude = 2,
}

/// <summary>Looks at a whole series for one fault of metering. Must be a function of the series alone.</summary>
internal interface ISeriesRule
{
    /// <summary>Name in docs/validation.md.</summary>
    string Name { get; }

    /// <summary>The flag it sets.</summary>
    QualityFlags Flag { get; }

    /// <summary>What it does at most.</summary>
    SeriesEffect Effect { get; }

    /// <summary>Marks or excludes slots.</summary>
    void Mark(SeriesSubject subject);
}
