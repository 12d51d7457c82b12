// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Training;

/// <summary>Honest sites of one kind together, by what their loads look like, so that a kind can be left out as a whole.</summary>
/// <remarks>
/// Sites held out one by one leave their like in training, and say what a score means at a site never seen; a source never seen brings kinds of load that training lacks. k-means over sites, each the mean of its windows'
/// features as ranks among honest windows (Lloyd, 1982, "Least squares quantization in PCM"), begun by the seeding of Arthur and Vassilvitskii (2007, "k-means++"). Our own, because ML.NET's refuses few
/// distinct sites and its sums differ between processors.
/// </remarks>
internal static class SiteGroups
{
    private const int Rounds = 30;

    /// <summary>The group of each honest site, 0 to <paramref name="groups"/> - 1; fewer groups where there are fewer distinct sites.</summary>
    public static IReadOnlyDictionary<string, int> Of(TrainingSet set, int groups, int seed)
    {
        var honest = Enumerable.Range(0, set.Samples.Count).Where(i => set.Samples[i].Class == SampleClass.Honest).ToArray();
        var ranks = Ranks(set, honest);
        var sites = honest.Select((sample, row) => (set.Samples[sample].Site, Row: ranks[row])).GroupBy(w => w.Site, w => w.Row, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (Site: g.Key, Mean: Mean([.. g]))).ToArray();
        double[][] points = [.. sites.Select(s => s.Mean)];
        var centres = Seeds(points, groups, new Random(seed));
        var nearest = new int[points.Length];
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < points.Length; i++)
            {
                nearest[i] = Nearest(points[i], centres).Centre;
            }

            for (var c = 0; c < centres.Count; c++)
            {
                double[][] own = [.. points.Where((_, i) => nearest[i] == c)];
                centres[c] = own.Length == 0 ? centres[c] : Mean(own);
            }
        }

        return sites.Select((s, i) => (s.Site, Group: nearest[i])).ToDictionary(s => s.Site, s => s.Group, StringComparer.Ordinal);
    }

    /// <summary>Each feature of each window as its rank among them all, 0 to 1: features have units of their own and long tails.</summary>
    private static double[][] Ranks(TrainingSet set, int[] samples)
    {
        double[][] ranks = [.. samples.Select(i => new double[set.Row(i).Length])];
        for (var feature = 0; feature < (samples.Length == 0 ? 0 : ranks[0].Length); feature++)
        {
            var values = samples.Select(i => set.Row(i)[feature]).ToArray();
            var order = Enumerable.Range(0, samples.Length).OrderBy(row => values[row]).ToArray();
            for (var (at, rank) = (0, 0); at < order.Length; at++)
            {
                // Equal values, and there are many of what is counted, share a rank.
                rank = at > 0 && values[order[at]].Equals(values[order[at - 1]]) ? rank : at;
                ranks[order[at]][feature] = rank / (double)order.Length;
            }
        }

        return ranks;
    }

    private static List<double[]> Seeds(double[][] points, int groups, Random chance)
    {
        List<double[]> centres = [points[chance.Next(points.Length)]];
        while (centres.Count < groups)
        {
            var distances = points.Select(p => Nearest(p, centres).Squared).ToArray();
            var drawn = chance.NextDouble() * distances.Sum();
            if (drawn <= 0)
            {
                break; // every site lies on a centre
            }

            var index = 0;
            for (; index < points.Length - 1 && (drawn -= distances[index]) > 0; index++)
            {
            }

            centres.Add(points[index]);
        }

        return centres;
    }

    private static (int Centre, double Squared) Nearest(double[] point, List<double[]> centres)
    {
        var (best, least) = (0, double.MaxValue);
        for (var c = 0; c < centres.Count; c++)
        {
            var squared = 0.0;
            for (var f = 0; f < point.Length; f++)
            {
                squared += (point[f] - centres[c][f]) * (point[f] - centres[c][f]);
            }

            (best, least) = squared < least ? (c, squared) : (best, least);
        }

        return (best, least);
    }

    private static double[] Mean(double[][] rows)
    {
        var mean = new double[rows[0].Length];
        foreach (var row in rows)
        {
            for (var f = 0; f < mean.Length; f++)
            {
                mean[f] += row[f] / rows.Length;
            }
        }

        return mean;
    }
}
