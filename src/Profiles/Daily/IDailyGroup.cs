// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Daily;

/// <summary>Features of daily energy that mean one thing together.</summary>
/// <remarks>As <see cref="IFeatureGroup"/>: free of the meter's size, of its digits and of which days are missing.</remarks>
public interface IDailyGroup
{
    /// <summary>Name of the group: lower case, underscores, starting with <c>day_</c>; unique.</summary>
    string Group { get; }

    /// <summary>The features, in the order in which <see cref="Compute"/> writes them.</summary>
    IReadOnlyList<FeatureDescription> Features { get; }

    /// <summary>Writes one value a feature; <see cref="float.NaN"/> where the load does not tell. Pure: same input, same values.</summary>
    /// <param name="input">The daily load and what several groups derive from it.</param>
    /// <param name="values">As long as <see cref="Features"/>.</param>
    void Compute(DailyInput input, Span<float> values);
}
