// SPDX-License-Identifier: Apache-2.0
namespace Detector.Timeline;

/// <summary>The store cannot be used as it is configured: retrying will not help, somebody has to mend it. Final.</summary>
/// <remarks>Raised for options out of range, refused credentials, and a file written by a newer version.</remarks>
public sealed class TimelineConfigurationException : Exception
{
    /// <summary>One fault.</summary>
    public TimelineConfigurationException(string message, Exception? inner = null)
        : base(message, inner) => Faults = [message];

    /// <summary>Every fault of the options, reported at once.</summary>
    public TimelineConfigurationException(IReadOnlyList<string> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    /// <summary>Each fault, by the name of the setting it concerns.</summary>
    public IReadOnlyList<string> Faults { get; }
}
