// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Testing;

namespace Detector.Analysis.Tests.Traps;

/// <summary>Machines that make half of a real building's load all year, so that nothing ever changes: what four quarters say that one does not.</summary>
internal sealed class HiddenAllYearTests
{
    private const int Year = 364;
    private const int Quarter = 91;

    [Test]
    public void A_year_shows_more_of_them_than_a_quarter()
    {
        var (byYear, byQuarter) = (Mining(Year), Mining(Quarter));
        Assert.Multiple(() =>
        {
            string[][] asked = [.. byYear.Where(f => f.Finding.Verdict == Verdict.Watch && f.Finding.Reasons.Any(r => r.Group == "year")).Select(f => f.Finding.Missing.Select(m => m.Code).ToArray())];
            Assert.That(asked, Has.Some.Contains("submetering").And.All.Contains("inspection"), "it says what would decide");
            Assert.That(byYear.Count(Raised), Is.GreaterThan(byQuarter.Count(Raised)), $"{Text(byQuarter)}\n{Text(byYear)}");
        });
    }

    [Test]
    public void Honest_buildings_are_no_more_watched_for_their_year()
    {
        var (byYear, byQuarter) = (Honest(Year), Honest(Quarter));
        Assert.That(byYear.Count(Raised), Is.LessThanOrEqualTo(byQuarter.Count(Raised)), $"{Text(byQuarter)}\n{Text(byYear)}");
        Assert.That(byYear.Select(f => f.Finding.Verdict), Has.None.EqualTo(Verdict.Case));
    }

    private static bool Raised((string Recording, Finding Finding) found) => found.Finding.Verdict is Verdict.Watch or Verdict.Case;

    private static string Text(IEnumerable<(string Recording, Finding Finding)> findings) => string.Join(' ', findings.Select(f => f.Finding.Verdict));

    private static List<(string Recording, Finding Finding)> Honest(int days) => [.. TrapLoad.Recordings.Select(r => (r, Last(TrapLoad.Read(r, Year), days).Judged()))];

    private static List<(string Recording, Finding Finding)> Mining(int days) =>
        [.. TrapLoad.Recordings.Select((r, i) => (r, Last(WithMine(TrapLoad.Read(r, Year), new Random(i + 1)), days).Judged()))];

    private static TrapLoad Last(TrapLoad load, int days) => load.With((t, kilowatts) => t > load.Before(days) ? kilowatts : double.NaN);

    /// <summary>As much again as the building draws on average: quiet machines that fall away together for some hours, twice a month.</summary>
    private static TrapLoad WithMine(TrapLoad honest, Random random)
    {
        var level = honest.Kilowatts.Average();
        var (next, back) = (honest.Times[0].AddDays(random.Exponential(14)), DateTimeOffset.MinValue);
        return honest.With((t, kilowatts) =>
        {
            if (t >= next)
            {
                back = t.AddHours(1 + (5 * random.NextDouble()));
                next = back.AddDays(random.Exponential(14));
            }

            return kilowatts + (t < back ? 0 : level * (1 + (0.004 * random.Normal())));
        });
    }
}
