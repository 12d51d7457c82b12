// SPDX-License-Identifier: Apache-2.0
namespace Detector.Neighbours;

/// <summary>Matches a lasting step down with a lasting step up of about the same kW at another site within days.</summary>
/// <remarks>
/// Chance is the number of pairs of steps in the set that would agree as well in size and date if dates were uniform over
/// the window and sizes over two decades: steps down, times steps up, times the two shares. For a flat pair only flat steps
/// count. A large set thus asks for a better match than a small one. Each step is used once, the best match first.
/// </remarks>
internal static class MoveFinder
{
    private const double MostByChance = 0.05;
    private const double SizeRange = 4.6; // two decades, natural logarithm
    private const double FinestSize = 0.02; // sizes are known no better
    private const int Day = 24;

    public static List<LoadMove> Find(Bond bond, string name, IReadOnlyList<MeterTrace> set, NeighbourOptions options)
    {
        var steps = set.SelectMany(t => t.Steps.Select(s => (Trace: t, Step: s))).ToArray();
        var downs = steps.Where(s => s.Step.Kilowatts < 0).ToArray();
        var ups = steps.Where(s => s.Step.Kilowatts > 0).OrderBy(s => s.Step.Kilowatts).ToArray();
        var sizes = Array.ConvertAll(ups, u => u.Step.Kilowatts);
        var flatPairs = (double)downs.Count(s => s.Step.Constancy >= options.LeastConstancy) * ups.Count(s => s.Step.Constancy >= options.LeastConstancy);
        var matches = new List<LoadMove>();
        foreach (var (from, left) in downs)
        {
            var low = -left.Kilowatts * (1 - options.MovedTolerance);
            var start = Array.BinarySearch(sizes, (float)low);
            for (var i = start < 0 ? ~start : start; i < ups.Length && ups[i].Step.Kilowatts <= -left.Kilowatts * (1 + options.MovedTolerance); i++)
            {
                var (to, came) = ups[i];
                var days = Math.Abs(came.Hour - left.Hour) / (double)Day;
                if (days > options.MovedWithinDays || to.Registration.Site == from.Registration.Site)
                {
                    continue;
                }

                var flat = Math.Min(left.Constancy, came.Constancy) >= options.LeastConstancy;
                var size = Math.Max(FinestSize, Math.Abs(Math.Log(came.Kilowatts / -left.Kilowatts)));
                var window = Math.Max(1, (Math.Min(from.End, to.End) - Math.Max(from.First, to.First)) / (double)Day);
                var pairs = flat ? flatPairs : (double)downs.Length * ups.Length;
                var expected = pairs * Math.Min(1, 2 * size / SizeRange) * Math.Min(1, ((2 * days) + 1) / window);
                if (expected <= MostByChance)
                {
                    matches.Add(new LoadMove(bond, name, from.Registration.Meter, to.Registration.Meter, left, came, expected));
                }
            }
        }

        return Once(matches);
    }

    private static List<LoadMove> Once(List<LoadMove> matches)
    {
        var used = new HashSet<(string Meter, long Hour)>();
        var kept = new List<LoadMove>();
        foreach (var match in matches.OrderBy(m => m.Expected).ThenBy(m => m.From.Value, StringComparer.Ordinal).ThenBy(m => m.To.Value, StringComparer.Ordinal))
        {
            var (from, to) = ((match.From.Value, match.Left.Hour), (match.To.Value, match.Came.Hour));
            if (!used.Contains(from) && !used.Contains(to))
            {
                used.Add(from);
                used.Add(to);
                kept.Add(match);
            }
        }

        return kept;
    }
}
