// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Profiles;

/// <summary>What a window of a meter's load looks like: one value for each feature of the catalogue.</summary>
public sealed class LoadProfile
{
    internal LoadProfile(MeterId meter, TimeRange window, TimeSpan cadence, double coverage, double meanKilowatts, float[] values)
    {
        Meter = meter;
        Window = window;
        Cadence = cadence;
        Coverage = coverage;
        MeanKilowatts = meanKilowatts;
        Values = values;
    }

    /// <summary>The meter.</summary>
    public MeterId Meter { get; }

    /// <summary>The window, UTC.</summary>
    public TimeRange Window { get; }

    /// <summary>Native interval of the readings.</summary>
    public TimeSpan Cadence { get; }

    /// <summary>Share of the window's hours that are known, 0 to 1.</summary>
    public double Coverage { get; }

    /// <summary>Mean of the known hours in kW; for people and for the decision, never an input of a model.</summary>
    public double MeanKilowatts { get; }

    /// <summary>The features in catalogue order; <see cref="float.NaN"/> where unknown.</summary>
    public float[] Values { get; }

    /// <summary>The same profile with the features of a group unknown: to see what is lost without them.</summary>
    public LoadProfile Without(string group, FeatureCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        float[] values = [.. Values.Select((value, i) => catalog.Features[i].Group == group ? float.NaN : value)];
        return new LoadProfile(Meter, Window, Cadence, Coverage, MeanKilowatts, values);
    }
}
