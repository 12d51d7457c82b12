// SPDX-License-Identifier: Apache-2.0
namespace Detector.Intake;

/// <summary>Secrets kept in files.</summary>
internal static class Secrets
{
    /// <summary>The first line of a file, without the white space around it; null where there is no such file, it may not be read, or it is empty.</summary>
    public static string? FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault()?.Trim() is { Length: > 0 } line ? line : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
