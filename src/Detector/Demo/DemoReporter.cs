// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Cases;
using Detector.Metering;

namespace Detector.Host.Demo;

/// <summary>Prints what the demo finds: each case with its reasons as it is raised, then the fleet with what it really is.</summary>
internal sealed class DemoReporter(CaseDesk desk, string console, IReadOnlyDictionary<string, DemoSite> sites, TextWriter output)
{
    private const int ReasonsShown = 3;
    private readonly HashSet<string> _printed = [];

    /// <summary>Prints the cases that were not printed yet.</summary>
    public async Task PrintNewCasesAsync(CancellationToken cancel)
    {
        foreach (var found in await desk.ListAsync(new CaseFilter { Limit = CaseFilter.MostRows }, cancel))
        {
            if (_printed.Add(found.Id))
            {
                Print(found);
            }
        }
    }

    /// <summary>Prints each site's verdict beside what it really is; returns whether they agree.</summary>
    public async Task<bool> PrintFleetAsync(CancellationToken cancel)
    {
        var verdicts = (await desk.VerdictsAsync(new VerdictFilter { Limit = VerdictFilter.MostRows }, cancel)).Where(v => sites.ContainsKey(v.Site)).ToList();
        var wrong = verdicts.Where(v => v.Finding.Verdict == Verdict.Case && sites[v.Site].Mines == false).ToList();
        await output.WriteLineAsync();
        foreach (var group in verdicts.GroupBy(v => v.Finding.Verdict).OrderByDescending(g => g.Key))
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{group.Key.Name(),-13}{group.Count(),4} sites"));
            foreach (var v in group.Where(v => v.Finding.Verdict != Verdict.Clear || sites[v.Site].Mines == true).OrderBy(v => v.Site, StringComparer.Ordinal))
            {
                var why = v.Finding.Verdict == Verdict.Insufficient ? "; " + v.Finding.Missing.FirstOrDefault()?.Text : string.Empty;
                await output.WriteLineAsync($"    {v.Site,-12} {sites[v.Site].Truth}{why}");
            }
        }

        foreach (var v in verdicts.Where(v => v.Finding.Verdict != Verdict.Case && sites[v.Site].MiningShare > 0.5))
        {
            await output.WriteLineAsync($"not found: {v.Site} ({sites[v.Site].Truth})");
        }

        await output.WriteLineAsync(wrong.Count == 0 ? "No honest site became a case." : $"False cases: {string.Join(", ", wrong.Select(v => v.Site))}");
        await output.WriteLineAsync();
        return wrong.Count == 0;
    }

    private void Print(CaseSummary found)
    {
        var share = found.Share is { } s ? string.Create(CultureInfo.InvariantCulture, $", {s.Low:P0} to {s.High:P0} of the load") : string.Empty;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"CASE {found.Id}  {found.Site}  {(sites.TryGetValue(found.Site, out var site) ? site.Registration.Name : found.Site)}  probability {found.Probability:0.00}{share}"));
        foreach (var reason in found.Reasons.OrderByDescending(r => r.Weight).Take(ReasonsShown))
        {
            output.WriteLine($"    {(reason.ForMining ? '+' : '-')} {reason.Text}");
        }

        output.WriteLine($"    {console}/cases/{found.Id}");
    }
}
