// SPDX-License-Identifier: Apache-2.0
namespace Detector.Host;

/// <summary>What the process ends with; fixed by the contract.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Finished, but something failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or bad input.</summary>
    public const int Usage = 2;

    /// <summary>A needed server cannot be reached.</summary>
    public const int Unreachable = 3;
}
