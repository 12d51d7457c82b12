// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>The styles by name; a second style of a name is refused at start.</summary>
internal sealed class MiningStyleCatalog
{
    private readonly Dictionary<string, IMiningStyle> _byName = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public static MiningStyleCatalog Default { get; } = MakeDefault();

    public IReadOnlyList<string> Names => _names;

    public IMiningStyle Of(string name) =>
        _byName.TryGetValue(name, out var style)
            ? style
            : throw new ArgumentException($"'{name}' is not a mining style; known are {string.Join(", ", _names)}.", nameof(name));

    public void Add(IMiningStyle style)
    {
        if (!_byName.TryAdd(style.Name, style))
        {
            throw new InvalidOperationException($"A mining style named '{style.Name}' is already there.");
        }

        _names.Add(style.Name);
    }

    private static MiningStyleCatalog MakeDefault()
    {
        var catalog = new MiningStyleCatalog();
        catalog.Add(new SteadyStyle());
        catalog.Add(new CurtailedStyle());
        catalog.Add(new NightOnlyStyle());
        catalog.Add(new ThrottledStyle());
        catalog.Add(new NoisyStyle());
        catalog.Add(new GrowingStyle());
        return catalog;
    }
}
