// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles;

namespace Detector.Detection.Change.Features;

/// <summary>Features of an added load that mean one thing together.</summary>
/// <remarks>Each is a multiple of the added level, a ratio or a correlation: none sees kW, digits or which hours are missing.</remarks>
internal interface IChangeGroup
{
    /// <summary>Name of the group, as reasons carry it.</summary>
    string Group { get; }

    /// <summary>The features in the order in which <see cref="Compute"/> writes them.</summary>
    IReadOnlyList<FeatureDescription> Features { get; }

    /// <summary>Writes one value a feature; <see cref="float.NaN"/> where the load does not tell. Values come in as NaN.</summary>
    void Compute(AddedLoad added, Span<float> values);
}
