// SPDX-License-Identifier: Apache-2.0
namespace Detector.Testing;

/// <summary>What a test needs beyond the SDK: skipped with its reason where absent, failed where CI demands it.</summary>
public static class Requires
{
    /// <summary>Set to 1 by .ci/run: a test that lacks its server then fails instead of being skipped.</summary>
    public const string DemandVariable = "DETECTOR_DEMAND_SERVERS";

    private static readonly string[] Folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':'), "/usr/sbin", "/usr/local/sbin", "/usr/lib/postgresql/15/bin"];

    /// <summary>The path of an installed program, or the test ends here as skipped (failed, where CI demands it).</summary>
    public static string Program(string name, string package)
    {
        var found = Find(name);
        if (found is null)
        {
            Lacking($"{name} is not installed (Debian package {package}).");
        }

        return found!;
    }

    /// <summary>The path of an installed shared library, such as <c>faketime/libfaketimeMT.so.1</c>; null where there is none.</summary>
    public static string? FindLibrary(string name)
    {
        var folders = Directory.Exists("/usr/lib") ? Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu*") : [];
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>The path of an installed program; null where there is none.</summary>
    public static string? Find(string name) => Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>The folder of real recordings, or the test ends here as skipped.</summary>
    /// <remarks><c>DETECTOR_RECORDINGS</c>, else a folder <c>shared/data</c> beside the checkout or any folder above it.</remarks>
    public static string Recordings()
    {
        if (Environment.GetEnvironmentVariable("DETECTOR_RECORDINGS") is { Length: > 0 } named && Directory.Exists(named))
        {
            return named;
        }

        for (var folder = new DirectoryInfo(Repository()).Parent; folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(Path.Combine(candidate, "honest")))
            {
                return candidate;
            }
        }

        Assert.Ignore("No recordings: set DETECTOR_RECORDINGS to the folder that holds honest/ and mining/.");
        return string.Empty;
    }

    /// <summary>The root of this checkout.</summary>
    public static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Detector.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("Detector.sln was not found above the test's folder.");
    }

    /// <summary>Ends the test as skipped for a reason; as failed, where CI demands it.</summary>
    public static void Lacking(string reason)
    {
        if (Environment.GetEnvironmentVariable(DemandVariable) == "1")
        {
            Assert.Fail(reason);
        }

        Assert.Ignore(reason);
    }
}
