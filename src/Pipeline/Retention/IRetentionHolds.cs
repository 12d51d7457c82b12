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

/// <summary>Open cases hold the readings of their site's meters, and where a feeder's balance is the evidence those of the feeder's sub-meters too.</summary>
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
            var site = register.Of(meter).Site;
            var parent = register.Of(meter).ParentMeter;
            var held = open.TryGetValue(site, out var number) ? (number, site)
                : parent is { } head && open.TryGetValue(site = register.Of(head).Site, out number) ? (number, site)
                : default;
            if (held.number is not null)
            {
                holds.Add(new RetentionHold(meter, held.number, held.site));
            }
        }

        return holds;
    }
}
