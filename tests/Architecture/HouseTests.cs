// SPDX-License-Identifier: Apache-2.0
using YamlDotNet.RepresentationModel;

namespace Detector.Architecture;

/// <summary>The files around the code say what is true.</summary>
internal sealed class HouseTests
{
    private static readonly string[] Servers = ["mosquitto", "influxdb", "rabbitmq", "postgres", "detector"];

    [Test]
    public void The_composed_topology_parses_and_names_every_server()
    {
        var services = ComposedServices();
        Assert.That(services.Children.Keys.Select(k => k.ToString()), Is.EquivalentTo(Servers));
    }

    [Test]
    public void Composed_servers_are_pinned_and_published_on_loopback_only()
    {
        Assert.Multiple(() =>
        {
            foreach (var (name, service) in ComposedServices().Children)
            {
                var node = (YamlMappingNode)service;
                if (node.Children.TryGetValue("image", out var image))
                {
                    Assert.That(image.ToString(), Does.Match(@":\d+\.\d+"), $"{name} is not pinned");
                }

                if (node.Children.TryGetValue("ports", out var ports))
                {
                    Assert.That(((YamlSequenceNode)ports).Select(p => p.ToString()), Has.All.StartsWith("127.0.0.1:"), $"{name}");
                }
            }
        });
    }

    [Test]
    public void The_readme_has_the_two_commands()
    {
        var commands = Repository.Text("README.md").Split('\n').Where(l => l.StartsWith("$ ", StringComparison.Ordinal)).Select(l => l[2..]).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(commands, Does.Contain("dotnet run -c Release --project src/Detector -- demo"));
            Assert.That(commands, Does.Contain("dotnet test -c Release"));
        });
    }

    [Test]
    public void Files_named_in_the_architecture_page_exist()
    {
        var named = System.Text.RegularExpressions.Regex.Matches(Repository.Text("ARCHITECTURE.md"), @"`((?:src|docs|tests|models)/[\w./-]+)`")
            .Select(m => m.Groups[1].Value)
            .ToList();
        Assert.Multiple(() =>
        {
            Assert.That(named, Has.Count.GreaterThan(8));
            Assert.That(named.Where(n => !Path.Exists(Path.Combine(Repository.Root, n))), Is.Empty);
        });
    }

    [Test]
    public void Decision_records_are_numbered_without_gaps()
    {
        var numbers = Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "decisions"), "*.md")
            .Select(f => int.Parse(Path.GetFileName(f)[..4], System.Globalization.CultureInfo.InvariantCulture))
            .Order()
            .ToList();
        Assert.That(numbers, Is.EqualTo(Enumerable.Range(1, numbers.Count)));
    }

    private static YamlMappingNode ComposedServices()
    {
        using var text = new StringReader(Repository.Text("docker-compose.yml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return (YamlMappingNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children["services"];
    }
}
