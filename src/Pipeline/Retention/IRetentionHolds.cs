// SPDX-License-Identifier: Apache-2.0
using Detector.Cases;
using Detector.Metering;

namespace Detector.Pipeline.Retention;

/// <summary>Why nothing of a meter may expire now.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Case">Number of the open case that rests on it.</param>
/// <param name="Site">The case's site.</param>
public sealed record RetentionHold(MeterId Meter, string Case, string Site);

/// <summary>Says whose readings must stay whatever their age.</summary>
public interface IRetentionHolds
{
    /// <summary>The holds among some meters.</summary>
    Task<IReadOnlyList<RetentionHold>> AmongAsync(IReadOnlyCollection<MeterId> meters, CancellationToken cancel);
}

/// <summary>Open cases hold the readings of the meters that are or were at their site, and of the sub-meters under a meter of that site.</summary>
public sealed class CaseHolds(CaseDesk desk, RegistryHolder registry) : IRetentionHolds
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<RetentionHold>> AmongAsync(IReadOnlyCollection<MeterId> meters, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var open = (await desk.StandingAsync(cancel)).BySite;
        var register = registry.Current;
        var holds = new List<RetentionHold>();
        foreach (var meter in meters)
        {
            if (SitesOf(register, meter).FirstOrDefault(open.ContainsKey) is { } site)
            {
                holds.Add(new RetentionHold(meter, open[site], site));
            }
        }

        return holds;
    }

    // Every site where the meter is or was, and those of the meters that include or included it.
    private static IEnumerable<string> SitesOf(SiteRegistry register, MeterId meter)
    {
        MeterRegistration[] rows = [.. register.RowsOf(meter).Reverse()];
        return rows.Select(row => row.Site)
            .Concat(rows.Select(row => row.ParentMeter).OfType<MeterId>().SelectMany(register.RowsOf).Select(head => head.Site))
            .DefaultIfEmpty(meter.Value);
    }
}
