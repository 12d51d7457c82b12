// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>Sends commands to meters.</summary>
public interface IMeterCommands
{
    /// <summary>Why no command can be sent now; null where one can be tried.</summary>
    string? Away { get; }

    /// <summary>Asks a meter for a burst; null where the broker has taken the command, else why it has not.</summary>
    Task<string?> AskBurstAsync(MeterId meter, TimeSpan duration, double hertz, CancellationToken cancel);
}
