// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Evaluation;

/// <summary>Finds figures by what they are; a figure that was not computed is absent, never zero.</summary>
internal sealed class FigureIndex
{
    private readonly Dictionary<(string Name, string Method, double? Rate, string Source, string Population), Figure> _byKey = [];

    /// <summary>An index over figures; the first of a key stands.</summary>
    public FigureIndex(IEnumerable<Figure> figures)
    {
        foreach (var figure in figures)
        {
            _byKey.TryAdd((figure.Name, figure.Method, figure.Rate, figure.Source, figure.Population), figure);
        }
    }

    /// <summary>The figure, or null.</summary>
    public Figure? Find(string name, string method, double? rate, string source, string population) =>
        _byKey.GetValueOrDefault((name, method, rate, source, population));
}
