// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Web.Views;

/// <summary>Two loads side by side: their figures, what the evidence says of each by group, and how they move together.</summary>
internal static class SiteComparison
{
    /// <summary>Name of the group of evidence from other meters.</summary>
    internal const string Neighbours = "neighbours";

    private const int LeastCommonHours = 7 * 24;

    /// <summary>Every group that either finding has a reason of, the one that weighs most first; evidence between meters is left out, it has a place of its own.</summary>
    internal static IReadOnlyList<GroupPair> Groups(Finding? a, Finding? b)
    {
        var (left, right) = (Strongest(a), Strongest(b));
        return [.. left.Keys.Union(right.Keys, StringComparer.Ordinal)
            .Select(g => new GroupPair(g, left.GetValueOrDefault(g), right.GetValueOrDefault(g)))
            .OrderByDescending(p => Math.Max(p.A?.Weight ?? 0, p.B?.Weight ?? 0))
            .ThenBy(p => p.Group, StringComparer.Ordinal)];
    }

    /// <summary>What the evidence between meters says of one site and the other: reasons of either that name a meter of the other.</summary>
    internal static IReadOnlyList<Reason> Together(Finding? a, Finding? b) =>
        [.. Naming(a, b), .. Naming(b, a)];

    /// <summary>Correlation of hourly loads over the hours that both know; null below a week of such hours, in different zones, or where one load never moves.</summary>
    internal static (double? Correlation, int Hours) Correlation(LoadPatterns a, LoadPatterns b)
    {
        if (a.Timezone != b.Timezone)
        {
            return (null, 0);
        }

        var others = b.Days.ToDictionary(d => d.Day);
        var pairs = a.Days.Where(d => others.ContainsKey(d.Day))
            .SelectMany(d => d.Kw.Zip(others[d.Day].Kw))
            .Where(p => p is { First: not null, Second: not null })
            .Select(p => (X: p.First!.Value, Y: p.Second!.Value)).ToArray();
        if (pairs.Length < LeastCommonHours)
        {
            return (null, pairs.Length);
        }

        var (meanX, meanY) = (pairs.Average(p => p.X), pairs.Average(p => p.Y));
        var (xx, yy, xy) = (pairs.Sum(p => (p.X - meanX) * (p.X - meanX)), pairs.Sum(p => (p.Y - meanY) * (p.Y - meanY)), pairs.Sum(p => (p.X - meanX) * (p.Y - meanY)));
        return xx > 0 && yy > 0 ? (xy / Math.Sqrt(xx * yy), pairs.Length) : (null, pairs.Length);
    }

    private static Dictionary<string, Reason> Strongest(Finding? finding) => (finding?.Reasons ?? [])
        .Where(r => r.Group != Neighbours)
        .GroupBy(r => r.Group, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.MaxBy(r => r.Weight)!, StringComparer.Ordinal);

    private static IEnumerable<Reason> Naming(Finding? of, Finding? other) =>
        of is null || other is null ? [] : of.Reasons.Where(r => r.Group == Neighbours && Names(r.Text, other.Meter.Value));

    /// <summary>Whether a sentence names a meter, not another whose name begins or ends the same.</summary>
    private static bool Names(string sentence, string meter)
    {
        for (var at = sentence.IndexOf(meter, StringComparison.Ordinal); at >= 0; at = sentence.IndexOf(meter, at + 1, StringComparison.Ordinal))
        {
            var (before, after) = (at == 0 ? ' ' : sentence[at - 1], at + meter.Length >= sentence.Length ? ' ' : sentence[at + meter.Length]);
            if (!IsOfName(before) && !(IsOfName(after) && !(after == '.' && EndsSentence(sentence, at + meter.Length))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsSentence(string sentence, int at) => at + 1 >= sentence.Length || sentence[at + 1] == ' ';

    private static bool IsOfName(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '~';
}

/// <summary>The strongest reason of one group on either side; null where a side has none.</summary>
internal sealed record GroupPair(string Group, Reason? A, Reason? B)
{
    /// <summary>Both figures and their ranges on one scale; null where the sides do not name the same figure.</summary>
    internal (double From, double To)? Scale => A?.Number is { Value: { } a } left && B?.Number is { Value: { } b } right && left.Feature == right.Feature
        ? (Math.Min(Math.Min(a, b), Math.Min(left.Low, right.Low)), Math.Max(Math.Max(a, b), Math.Max(left.High, right.High)))
        : null;
}

/// <summary>What a load amounts to over a window, from its hourly means; each null where no hour is known.</summary>
/// <param name="Mean">Mean in kW.</param>
/// <param name="Base">Exceeded in 95 % of the hours, in kW.</param>
/// <param name="Peak">Exceeded in 1 % of the hours, in kW.</param>
/// <param name="Factor">Mean over peak, 0 to 1.</param>
/// <param name="Weekend">Mean of Saturdays and Sundays over that of the other days.</param>
/// <param name="Night">Mean of 00:00 to 06:00 over that of 08:00 to 18:00.</param>
/// <param name="Hours">Hours with a mean.</param>
public sealed record LoadFigures(double? Mean, double? Base, double? Peak, double? Factor, double? Weekend, double? Night, int Hours)
{
    /// <summary>The figures of a load's patterns.</summary>
    internal static LoadFigures Of(LoadPatterns patterns)
    {
        if (patterns.Hours == 0)
        {
            return new LoadFigures(null, null, null, null, null, null, 0);
        }

        var hours = patterns.Days.SelectMany(d => d.Kw.Select((kw, hour) => (d.Day.DayOfWeek, Hour: hour, Kw: kw))).Where(h => h.Kw is not null).Select(h => (h.DayOfWeek, h.Hour, Kw: h.Kw!.Value)).ToArray();
        double? Mean(Func<(DayOfWeek DayOfWeek, int Hour, double Kw), bool> takes) => hours.Where(takes).Select(h => (double?)h.Kw).Average();
        static double? Over(double? a, double? b) => b > 0 ? a / b : null;
        static bool IsWeekend(DayOfWeek day) => day is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var (mean, peak) = (hours.Average(h => h.Kw), patterns.Duration[1]);
        return new LoadFigures(
            mean,
            patterns.Duration[95],
            peak,
            Over(mean, peak),
            Over(Mean(h => IsWeekend(h.DayOfWeek)), Mean(h => !IsWeekend(h.DayOfWeek))),
            Over(Mean(h => h.Hour < 6), Mean(h => h.Hour is >= 8 and < 18)),
            patterns.Hours);
    }
}
