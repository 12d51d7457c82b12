// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace Detector.Host.Verbs;

/// <summary>Which share of mining was found at a p-value, as a model's evaluation measured it.</summary>
/// <remarks>The evaluation measures at a few p-values; between two of them the share is drawn straight over the logarithm of the p-value.</remarks>
internal sealed class BudgetTrade
{
    private const string Method = "detector, p-value";
    private const string AllSources = "all";

    private readonly Dictionary<string, SortedDictionary<double, double>> _found;

    private BudgetTrade(Dictionary<string, SortedDictionary<double, double>> found, string[] populations)
    {
        _found = found;
        Populations = populations;
    }

    /// <summary>Kinds of mining, in the order of the evaluation.</summary>
    public IReadOnlyList<string> Populations { get; }

    /// <summary>Reads what an evaluation measured.</summary>
    /// <exception cref="UsageException">It is not an evaluation, or measured no detection by p-value.</exception>
    public static BudgetTrade Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var found = new Dictionary<string, SortedDictionary<double, double>>(StringComparer.Ordinal);
            var order = new List<string>();
            foreach (var figure in document.RootElement.GetProperty("figures").EnumerateArray().Where(IsDetection))
            {
                var population = figure.GetProperty("population").GetString()!;
                if (!found.TryGetValue(population, out var byRate))
                {
                    found[population] = byRate = [];
                    order.Add(population);
                }

                byRate[figure.GetProperty("rate").GetDouble()] = figure.GetProperty("value").GetProperty("value").GetDouble();
            }

            return found.Count > 0 ? new BudgetTrade(found, [.. order]) : throw new UsageException("The evaluation has no detection by p-value: make it again with detector evaluate.");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new UsageException($"The evaluation cannot be read: {fault.Message}");
        }
    }

    /// <summary>Share of a kind of mining that was found at a p-value, 0 to 1.</summary>
    public double Found(string population, double pValue)
    {
        var byRate = _found[population];
        (double Rate, double Share)? below = null;
        foreach (var (rate, share) in byRate)
        {
            if (rate >= pValue)
            {
                return below is not { } b || rate.Equals(pValue) ? share : b.Share + ((share - b.Share) * Math.Log(pValue / b.Rate) / Math.Log(rate / b.Rate));
            }

            below = (rate, share);
        }

        return below!.Value.Share;
    }

    /// <summary>What the share at a p-value is: <c>measured</c>, <c>interpolated</c>, or the bound that the nearest measurement gives.</summary>
    public string Origin(double pValue)
    {
        var rates = _found[Populations[0]].Keys;
        return rates.Any(r => Math.Abs(r - pValue) < 1e-9) ? "measured"
            : pValue < rates.Min() ? "at_most"
            : pValue > rates.Max() ? "at_least"
            : "interpolated";
    }

    private static bool IsDetection(JsonElement figure) =>
        figure.GetProperty("name").GetString() == "detection"
        && figure.GetProperty("method").GetString() == Method
        && figure.GetProperty("source").GetString() == AllSources
        && figure.GetProperty("rate").ValueKind == JsonValueKind.Number;
}
