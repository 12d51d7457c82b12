// SPDX-License-Identifier: Apache-2.0
namespace Detector.Architecture;

/// <summary>What can be held of the style by a machine.</summary>
internal sealed class StyleTests
{
    private const int LongestFile = 300;

    [Test]
    public void No_source_file_is_longer_than_a_reader_holds()
    {
        var longFiles = Repository.Sources("src")
            .Select(f => (File: Repository.Relative(f), Lines: File.ReadLines(f).Count()))
            .Where(f => f.Lines > LongestFile);
        Assert.That(longFiles, Is.Empty);
    }

    [Test]
    public void Every_source_names_its_licence()
    {
        var without = Repository.Sources("src").Concat(Repository.Sources("tests"))
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && !File.ReadLines(f).First().Contains("SPDX-License-Identifier: Apache-2.0", StringComparison.Ordinal))
            .Select(Repository.Relative);
        Assert.That(without, Is.Empty);
    }

    [Test]
    public void No_source_hides_behind_regions_or_promises()
    {
        string[] words = ["#region", "NotImplementedException", "TO" + "DO", "FIX" + "ME"];
        var found = Repository.Sources("src")
            .SelectMany(f => File.ReadLines(f).Where(l => words.Any(w => l.Contains(w, StringComparison.Ordinal))).Select(l => $"{Repository.Relative(f)}: {l.Trim()}"));
        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Every_test_project_runs_in_the_solution()
    {
        var solution = Repository.Text("Detector.sln");
        var absent = Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.csproj", SearchOption.AllDirectories)
            .Select(Path.GetFileName)
            .Where(name => !solution.Contains(name!, StringComparison.Ordinal));
        Assert.That(absent, Is.Empty);
    }
}
