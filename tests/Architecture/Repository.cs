// SPDX-License-Identifier: Apache-2.0
using System.Xml.Linq;
using Detector.Testing;

namespace Detector.Architecture;

/// <summary>The checkout as files: projects, what they reference, and the sources.</summary>
internal static class Repository
{
    public static string Root { get; } = Requires.Repository();

    /// <summary>Projects under src by name, with the projects and packages each references.</summary>
    public static IReadOnlyDictionary<string, ProjectFile> Projects { get; } =
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(ProjectFile.Read)
            .ToDictionary(p => p.Name, StringComparer.Ordinal);

    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    public static string Relative(string path) => Path.GetRelativePath(Root, path);

    public static string Text(params string[] parts) => File.ReadAllText(Path.Combine([Root, .. parts]));
}

internal sealed record ProjectFile(string Name, IReadOnlySet<string> Projects, IReadOnlySet<string> Packages)
{
    public static ProjectFile Read(string path)
    {
        var xml = XDocument.Load(path);
        return new ProjectFile(
            Path.GetFileNameWithoutExtension(path),
            xml.Descendants("ProjectReference").Select(e => Path.GetFileNameWithoutExtension((string)e.Attribute("Include")!)).ToHashSet(StringComparer.Ordinal),
            xml.Descendants("PackageReference").Select(e => (string)e.Attribute("Include")!).ToHashSet(StringComparer.Ordinal));
    }
}
