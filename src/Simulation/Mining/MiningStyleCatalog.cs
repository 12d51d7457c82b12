// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>The styles by name; a second style of a name is refused at start.</summary>
internal sealed class MiningStyleCatalog
{
    private readonly Dictionary<string, IMiningStyle> _byName = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<string> _evasions = [];

    public static MiningStyleCatalog Default { get; } = MakeDefault();

    /// <summary>The usual styles.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Styles made to deceive; fleets have none of them.</summary>
    public IReadOnlyList<string> Evasions => _evasions;

    public IMiningStyle Of(string name) =>
        _byName.TryGetValue(name, out var style)
            ? style
            : throw new ArgumentException($"'{name}' is not a mining style; known are {string.Join(", ", _names.Concat(_evasions))}.", nameof(name));

    public void Add(IMiningStyle style) => Add(style, _names);

    public void AddEvasion(IMiningStyle style) => Add(style, _evasions);

    private void Add(IMiningStyle style, List<string> names)
    {
        if (!_byName.TryAdd(style.Name, style))
        {
            throw new InvalidOperationException($"A mining style named '{style.Name}' is already there.");
        }

        names.Add(style.Name);
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
        catalog.AddEvasion(new BatteryStyle());
        catalog.AddEvasion(new IntermittentStyle());
        catalog.AddEvasion(new FeignedJobsStyle());
        catalog.AddEvasion(new HeatingStyle());
        catalog.AddEvasion(new StaggeredStyle());
        catalog.AddEvasion(new WanderingStyle());
        catalog.AddEvasion(new ScheduledStyle());
        catalog.AddEvasion(new JitteredStyle());
        catalog.AddEvasion(new ChurningStyle());
        catalog.AddEvasion(new MimickingStyle());
        return catalog;
    }
}
