// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles;

/// <summary>Features that mean one thing together, such as flatness or the response to the calendar.</summary>
/// <remarks>
/// Each feature is free of the meter's size (multiplying the load changes nothing), of its digits (rounding steps are not
/// measured) and of which hours are missing: a model must recognise loads, not meters.
/// </remarks>
public interface IFeatureGroup
{
    /// <summary>Name of the group: lower case, underscores; unique.</summary>
    string Group { get; }

    /// <summary>The features, in the order in which <see cref="Compute"/> writes them.</summary>
    IReadOnlyList<FeatureDescription> Features { get; }

    /// <summary>Writes one value a feature; <see cref="float.NaN"/> where the load does not tell. Pure: same input, same values.</summary>
    /// <param name="input">The hourly load and what several groups derive from it.</param>
    /// <param name="values">As long as <see cref="Features"/>.</param>
    void Compute(ProfileInput input, Span<float> values);
}
