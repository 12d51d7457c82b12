// SPDX-License-Identifier: Apache-2.0
using Detector.Recordings;

namespace Detector.Host.Verbs;

/// <summary>Readings files as a verb is given them.</summary>
internal static class ReadingsArgument
{
    /// <summary>Opens a file or a folder, and says on standard error which files of the folder hold no readings.</summary>
    /// <exception cref="ReadingsFileException">Nothing is there, or a named file holds no readings.</exception>
    public static ReadingsSource Open(string path)
    {
        var source = ReadingsSource.Open(path);
        foreach (var skipped in source.Skipped)
        {
            Console.Error.WriteLine($"Skipped {skipped.Path}: {skipped.Why}");
        }

        return source;
    }
}
