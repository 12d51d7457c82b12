// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using Detector.Testing;

namespace Detector.EndToEnd.Faults;

/// <summary>A small disk of its own in memory, which can be filled to the last byte. Where the test may not mount one, a folder that cannot be filled.</summary>
internal sealed class FaultyDisk : IDisposable
{
    private const string Size = "192m";
    private readonly TemporaryFolder _folder = new();

    public FaultyDisk()
    {
        Directory.CreateDirectory(Path);
        Lacks = Run("mount", "-t", "tmpfs", "-o", $"size={Size},mode=0700", "detector-faults", Path) is { } refusal
            ? $"a disk of its own could not be mounted, which takes root with CAP_SYS_ADMIN ({refusal})."
            : null;
    }

    /// <summary>Why it cannot be filled; null where it is a disk of its own.</summary>
    public string? Lacks { get; }

    /// <summary>Where it is.</summary>
    public string Path => _folder.In("disk");

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Writes until nothing fits any more.</summary>
    public void Fill()
    {
        var block = new byte[1 << 20];
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var length = block.Length; length > 0; length /= 2)
        {
            try
            {
                while (true)
                {
                    file.Write(block, 0, length);
                }
            }
            catch (IOException)
            {
                // Full for pieces of this length; smaller ones may still fit.
            }
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(Ballast);

    public void Dispose()
    {
        if (Lacks is null)
        {
            Run("umount", "-l", Path);
        }

        _folder.Dispose();
    }

    // What it said where it did not work.
    private static string? Run(string program, params string[] arguments)
    {
        if (Requires.Find(program) is not { } path)
        {
            return $"there is no {program}";
        }

        using var process = Process.Start(new ProcessStartInfo(path, arguments) { RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : said.Trim();
    }
}
