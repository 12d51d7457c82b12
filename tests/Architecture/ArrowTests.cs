// SPDX-License-Identifier: Apache-2.0
namespace Detector.Architecture;

/// <summary>The one-way arrows of ARCHITECTURE.md, held against the project files.</summary>
internal sealed class ArrowTests
{
    // A project may reference those named here and nothing else. The order is the order of the data path.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Metering"] = [],
        ["Journal"] = [],
        ["Access"] = [],
        ["Intake"] = ["Metering", "Journal"],
        ["Codecs"] = ["Metering"],
        ["Recordings"] = ["Metering"],
        ["Validation"] = ["Metering"],
        ["Timeline"] = ["Metering"],
        ["Profiles"] = ["Metering"],
        ["Detection"] = ["Metering", "Profiles"],
        ["Neighbours"] = ["Metering", "Profiles"],
        ["Simulation"] = ["Metering"],
        ["Cases"] = ["Metering", "Access"],
        ["Analysis"] = ["Metering", "Recordings", "Validation", "Profiles", "Detection", "Simulation"],
        ["Pipeline"] = ["Metering", "Journal", "Codecs", "Recordings", "Validation", "Timeline", "Profiles", "Detection", "Neighbours", "Cases"],
        ["Web"] = ["Metering", "Access", "Cases", "Timeline", "Pipeline"],
        ["Detector"] =
        [
            "Metering", "Journal", "Intake", "Codecs", "Recordings", "Validation", "Timeline", "Profiles", "Detection", "Neighbours", "Simulation",
            "Analysis", "Access", "Cases", "Pipeline", "Web",
        ],
    };

    // A package that is one project's business alone.
    private static readonly Dictionary<string, string> Confined = new(StringComparer.Ordinal)
    {
        ["MQTTnet"] = "Intake",
        ["Microsoft.ML"] = "Detection",
        ["DuckDB"] = "Timeline",
        ["RabbitMQ"] = "Cases",
        ["Microsoft.EntityFrameworkCore"] = "Cases",
        ["Npgsql"] = "Cases",
        ["PdfSharp"] = "Cases",
        ["Parquet"] = "Recordings",
        ["Microsoft.AspNetCore.Authentication"] = "Web",
        ["Google.Protobuf"] = "Codecs",
        ["System.Formats.Cbor"] = "Codecs",
        ["ZstdSharp"] = "Codecs",
    };

    [Test]
    public void Every_project_has_a_place_in_the_picture() =>
        Assert.That(Repository.Projects.Keys, Is.EquivalentTo(Allowed.Keys));

    [TestCaseSource(nameof(ProjectNames))]
    public void Arrows_point_one_way(string project) =>
        Assert.That(Repository.Projects[project].Projects, Is.SubsetOf(Allowed[project]));

    [TestCaseSource(nameof(ProjectNames))]
    public void A_package_stays_in_the_project_it_serves(string project)
    {
        var strangers = Repository.Projects[project].Packages
            .Where(package => Confined.Any(c => package.StartsWith(c.Key, StringComparison.Ordinal) && c.Value != project));
        Assert.That(strangers, Is.Empty);
    }

    [Test]
    public void Cases_and_detection_know_only_findings()
    {
        var cases = Mentions("src/Cases", "Detector.Detection");
        var detection = Mentions("src/Detection", "Detector.Cases");
        Assert.Multiple(() =>
        {
            Assert.That(cases, Is.Empty);
            Assert.That(detection, Is.Empty);
        });
    }

    [Test]
    public void The_picture_names_every_project() =>
        Assert.That(Allowed.Keys.Where(name => !Repository.Text("ARCHITECTURE.md").Contains(name, StringComparison.Ordinal)), Is.Empty);

    private static string[] ProjectNames() => [.. Allowed.Keys];

    private static IEnumerable<string> Mentions(string folder, string name) =>
        Repository.Sources(folder).Where(f => File.ReadAllText(f).Contains(name, StringComparison.Ordinal)).Select(Repository.Relative);
}
