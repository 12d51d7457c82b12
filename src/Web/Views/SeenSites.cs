// SPDX-License-Identifier: Apache-2.0
using Detector.Web.Security;

namespace Detector.Web.Views;

/// <summary>The sites that the person before a page sees: the directory less what is outside their regions and feeders.</summary>
internal sealed class SeenSites(SiteDirectory sites, Sight sight)
{
    private (IReadOnlyList<SiteSummary> Of, IReadOnlyList<SiteSummary> Seen)? _kept;

    /// <summary>Every site seen; the same object until something changed, as that of the directory.</summary>
    public async Task<IReadOnlyList<SiteSummary>> ListAsync(CancellationToken cancel)
    {
        var all = await sites.ListAsync(cancel);
        if (await sight.ScopeAsync() is null)
        {
            return all;
        }

        if (_kept is { } kept && ReferenceEquals(kept.Of, all))
        {
            return kept.Seen;
        }

        var sees = await sight.SitesAsync();
        IReadOnlyList<SiteSummary> seen = [.. all.Where(s => sees(s.Site))];
        _kept = (all, seen);
        return seen;
    }

    /// <summary>One site with its history; null where nothing is known of it or it is not seen.</summary>
    public async Task<SiteDetail?> GetAsync(string site, CancellationToken cancel) => await sight.SeesAsync(site) ? await sites.GetAsync(site, cancel) : null;

    /// <summary>The zone in which a site's times are shown.</summary>
    public TimeZoneInfo ZoneOf(string site) => sites.ZoneOf(site);

    /// <summary>A site's name for people.</summary>
    public string NameOf(string site) => sites.NameOf(site);
}
