// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>Flags that mean the same to every reader of a load.</summary>
public static class QualityFlagSets
{
    /// <summary>Values that are not the load: left out of means and pictures.</summary>
    /// <remarks>A spike is a single wrong value; an estimate is still about the load; a stuck value is not.</remarks>
    public const QualityFlags NotTheLoad = QualityFlags.Stuck | QualityFlags.Future | QualityFlags.TooOld | QualityFlags.Negative
        | QualityFlags.Spike | QualityFlags.Missing | QualityFlags.RegisterAsPower | QualityFlags.Conflict;
}
