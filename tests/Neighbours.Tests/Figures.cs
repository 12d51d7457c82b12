// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;
using Detector.Simulation;
using Detector.Testing;

namespace Detector.Neighbours.Tests;

/// <summary>The figures of docs/neighbours.md; not part of the suite: run by name.</summary>
[Explicit("Prints the tables of docs/neighbours.md; takes minutes.")]
[Category("figures")]
internal sealed class Figures
{
    private const int Feeders = 40;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly double[] Shares = [0, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2];

    [TestCase(91, 0)]
    [TestCase(91, 50)]
    public void Taps_of_simulated_feeders(int days, int tapDay)
    {
        var options = new NeighbourhoodOptions { Days = days, SubMeters = 12, TapDay = tapDay, Seed = 101, Cadence = TimeSpan.FromHours(1) };
        foreach (var share in Shares)
        {
            var findings = Enumerable.Range(0, Feeders).AsParallel().WithDegreeOfParallelism(1).Select(i =>
            {
                var honest = Neighbourhood.Generate(options, i);
                var load = honest.Sites.Sum(s => s.Load.PowerKilowatts.Average(v => (double)v));
                var tapped = Neighbourhood.Generate(options with { TapKilowatts = share * load }, i);
                var bench = Bench.Of(tapped);
                return (bench.Balance().Balance, Finding: bench.JudgeResidual(), Tap: tapped.Tap.TakeLast(28 * 24).Average(v => (double)v));
            }).ToList();
            Print($"simulated, tap day {tapDay}", share, findings);
        }
    }

    [TestCase(0)]
    [TestCase(50)]
    public void Taps_of_feeders_of_real_buildings(int tapDay)
    {
        var folder = Requires.Recordings();
        foreach (var share in Shares)
        {
            var findings = RealFeeders.Windows(folder, Feeders, fresh: true).Select(f =>
            {
                var (bench, tap) = f.Build(share, tapDay);
                return (bench.Balance().Balance, Finding: bench.JudgeResidual(), Tap: tap);
            }).ToList();
            Print($"real, tap day {tapDay}", share, findings);
        }
    }

    [TestCase(1)]
    [TestCase(3)]
    public void Honest_buildings_that_the_register_lacks(int unregistered)
    {
        var findings = RealFeeders.Windows(Requires.Recordings(), Feeders, fresh: true)
            .Select(f => f.Build(0, 0, unregistered).Bench)
            .Select(b => (b.Balance().Balance, Finding: b.JudgeResidual(), Tap: 0.0))
            .ToList();
        Print($"real, {unregistered} unregistered", 0, findings);
    }

    [Test]
    public void Neighbours_of_real_buildings()
    {
        foreach (var set in new[] { "bdg2", "cambridge_estates" })
        {
            int meters = 0, together = 0, moved = 0, lifted = 0, lists = 0;
            foreach (var (rows, size) in RealFeeders.Owners(Requires.Recordings(), set))
            {
                var book = new NeighbourBook(Bench.Options);
                var findings = rows.Select(r => (r.Row, Finding: Bench.Judge.Assess(r.Series, r.Row, asOf: null))).ToList();
                foreach (var ((series, row), (_, finding)) in rows.Zip(findings))
                {
                    book.Put(TraceFinder.Of(series, row, asOf: null, Bench.Options), finding);
                }

                lists++;
                meters += size;
                together += rows.Count(r => book.EvidenceOf(r.Row.Meter).Together is not null);
                moved += rows.Count(r => book.EvidenceOf(r.Row.Meter).Moves.Count > 0);
                lifted += findings.Count(f => book.Apply(f.Finding).Verdict > f.Finding.Verdict);
            }

            TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set}: {lists} groups, {meters} meter windows: together {together}, moved {moved}, lifted {lifted}"));
        }
    }

    [Test]
    public void Sites_run_together_and_loads_moved_in_simulated_neighbourhoods()
    {
        foreach (var share in new[] { 0, 0.1, 0.2, 0.3, 0.5, 1.0 })
        {
            int found = 0, of = 0, bystanders = 0, others = 0, moves = 0, falseMoves = 0;
            for (var i = 0; i < Feeders; i++)
            {
                var place = Neighbourhood.Generate(
                    new NeighbourhoodOptions { SubMeters = 12, RunTogether = share > 0 ? 3 : 0, TogetherShare = share, MovedKilowatts = share * 60, Cadence = TimeSpan.FromHours(1), Seed = 102 }, i);
                var book = Bench.Of(place).Book(r => Bench.Verdict(r, Verdict.Clear, 0.5));
                foreach (var (site, n) in place.Sites.Select((s, n) => (s, n)))
                {
                    var evidence = book.EvidenceOf(site.Registration.Meter);
                    var runs = share > 0 && n < 3;
                    of += runs ? 1 : 0;
                    others += runs ? 0 : 1;
                    found += runs && evidence.Together is not null ? 1 : 0;
                    bystanders += !runs && evidence.Together is not null ? 1 : 0;
                    moves += n == 1 && share > 0 && evidence.Moves.Any(m => m.To == site.Registration.Meter && m.From == place.Sites[0].Registration.Meter) ? 1 : 0;
                    falseMoves += (n > 1 || share == 0) && evidence.Moves.Count > 0 ? 1 : 0;
                }
            }

            TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"share {share}: together {found} of {of}, bystanders {bystanders} of {others}; moves {moves} of {Feeders}, false {falseMoves}"));
        }
    }

    private static void Print(string what, double share, List<(FeederBalance Balance, Finding Finding, double Tap)> all)
    {
        var bias = Numbers.Median(all.Select(f => (f.Balance.ResidualKilowatts - f.Tap) / f.Balance.ParentKilowatts));
        var inside = all.Count(f => f.Tap >= f.Balance.LowKilowatts && f.Tap <= f.Balance.HighKilowatts);
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: share {share:0.00}: closed {all.Count(f => f.Balance.IsClosed)} insufficient {Count(Verdict.Insufficient)} clear {Count(Verdict.Clear)} watch {Count(Verdict.Watch)} case {Count(Verdict.Case)} of {all.Count}; bias {bias:0.0000} of feeder; in interval {inside}; faults {all.Count(f => f.Balance.Faults.Count > 0)}; loss {Numbers.Median(all.Select(f => f.Balance.Loss.Share)):0.000} ± {Numbers.Median(all.Select(f => f.Balance.Loss.Deviation)):0.0000}; onset {all.Count(f => f.Finding.Onset is not null)} off by {Numbers.Median(OnsetErrors(all, 50)):0} h, in interval {OnsetsInside(all, 50)}; p {Numbers.Quantile(all.Select(f => f.Finding.PValue ?? 1), 0.5):0.000} {Numbers.Quantile(all.Select(f => f.Finding.PValue ?? 1), 0.8):0.000}"));

        static IEnumerable<double> OnsetErrors(IEnumerable<(FeederBalance Balance, Finding Finding, double Tap)> all, int day) =>
            all.Where(f => f.Finding.Onset is not null).Select(f => Math.Abs((f.Finding.Onset!.Likely - Start.AddDays(day)).TotalHours));

        static int OnsetsInside(IEnumerable<(FeederBalance Balance, Finding Finding, double Tap)> all, int day) =>
            all.Count(f => f.Finding.Onset is { } o && o.Earliest <= Start.AddDays(day) && o.Latest >= Start.AddDays(day));

        int Count(Verdict verdict) => all.Count(f => f.Finding.Verdict == verdict);
    }
}
