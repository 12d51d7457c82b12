// SPDX-License-Identifier: Apache-2.0
namespace Detector.Access;

/// <summary>The regions and feeders to which a person's work is limited. Everything outside does not exist for them.</summary>
/// <remarks>A value: two scopes of the same names are equal. Names are compared without regard to case.</remarks>
public sealed record AccessScope
{
    private const char Between = '\n';

    private AccessScope(string regions, string feeders)
    {
        RegionsText = regions;
        FeedersText = feeders;
    }

    /// <summary>Regions, each once, in order; empty for every region.</summary>
    public IReadOnlyList<string> Regions => Split(RegionsText);

    /// <summary>Feeders, each once, in order; empty for every feeder.</summary>
    public IReadOnlyList<string> Feeders => Split(FeedersText);

    /// <summary>The regions as they are stored, one a line.</summary>
    internal string RegionsText { get; }

    /// <summary>The feeders as they are stored, one a line.</summary>
    internal string FeedersText { get; }

    /// <summary>A scope of these names; null, which is no limit, where there is none.</summary>
    public static AccessScope? Of(IEnumerable<string> regions, IEnumerable<string> feeders)
    {
        var (r, f) = (Join(regions), Join(feeders));
        return r.Length == 0 && f.Length == 0 ? null : new AccessScope(r, f);
    }

    /// <summary>Whether a site of this region and feeder is within it; one whose region or feeder is unknown is not, where that is limited.</summary>
    public bool Covers(string? region, string? feeder) => IsIn(RegionsText, region) && IsIn(FeedersText, feeder);

    private static bool IsIn(string limit, string? name) => limit.Length == 0 || (name is not null && Split(limit).Contains(name.Trim(), StringComparer.OrdinalIgnoreCase));

    private static string Join(IEnumerable<string> names) => string.Join(Between, names
        .Select(n => n.Trim()).Where(n => n.Length > 0 && !n.Contains(Between, StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal));

    private static string[] Split(string text) => text.Length == 0 ? [] : text.Split(Between);
}
