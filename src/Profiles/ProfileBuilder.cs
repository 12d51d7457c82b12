// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Profiles;

/// <summary>Builds profiles. In: a load at any cadence up to an hour. Out: the catalogue's features of the whole of it.</summary>
/// <remarks>
/// Everything is computed on hourly means in the site's local time, so that one model serves every cadence. The caller
/// chooses the window by slicing. Safe to share between threads: it holds no state.
/// </remarks>
public sealed class ProfileBuilder(FeatureCatalog catalog)
{
    /// <summary>The features that are computed.</summary>
    public FeatureCatalog Catalog { get; } = catalog;

    /// <summary>The profile of the whole series.</summary>
    public LoadProfile Build(LoadSeries series, MeterRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(registration);
        return Build(series.Meter, HourlyLoad.From(series, registration.TimeZone));
    }

    /// <summary>The profile of hours already known.</summary>
    public LoadProfile Build(MeterId meter, HourlyLoad load)
    {
        ArgumentNullException.ThrowIfNull(load);
        return Build(meter, ProfileInput.OfJudged(load));
    }

    /// <summary>The profile of hours already prepared, with <see cref="ProfileInput.OfJudged"/> where it is to be compared with others.</summary>
    public LoadProfile Build(MeterId meter, ProfileInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var load = input.Load;
        return new LoadProfile(meter, load.Range, load.NativeCadence, load.Coverage, input.MeanKilowatts, Catalog.Compute(input));
    }
}
