// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>The classes by name; a second class of a name is refused at start.</summary>
internal sealed class HonestClassCatalog
{
    private readonly Dictionary<string, IHonestClass> _byName = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public static HonestClassCatalog Default { get; } = MakeDefault();

    public IReadOnlyList<string> Names => _names;

    public IHonestClass Of(string name) =>
        _byName.TryGetValue(name, out var found)
            ? found
            : throw new ArgumentException($"'{name}' is not a class of load; known are {string.Join(", ", _names)}.", nameof(name));

    public void Add(IHonestClass added)
    {
        if (!_byName.TryAdd(added.Name, added))
        {
            throw new InvalidOperationException($"A class of load named '{added.Name}' is already there.");
        }

        _names.Add(added.Name);
    }

    private static HonestClassCatalog MakeDefault()
    {
        var catalog = new HonestClassCatalog();
        catalog.Add(new Colocation());
        catalog.Add(new EnterpriseDataCenter());
        catalog.Add(new AiTraining());
        catalog.Add(new AiInference());
        catalog.Add(new HpcSystem());
        catalog.Add(new Telecom());
        catalog.Add(new ColdStorage());
        catalog.Add(new Office());
        catalog.Add(new Retail());
        catalog.Add(new Laboratory());
        catalog.Add(new IndustryShift());
        catalog.Add(new IndustryBatch());
        catalog.Add(new ProcessIndustry());
        catalog.Add(new WaterPumping());
        catalog.Add(new StreetLighting());
        catalog.Add(new Standby());
        catalog.Add(new ServerHall());
        catalog.Add(new BatchCluster());
        catalog.Add(new ContinuousProcess());
        catalog.Add(new TransferPumping());
        catalog.Add(new VehicleCharging());
        catalog.Add(new SewageWorks());
        return catalog;
    }
}
