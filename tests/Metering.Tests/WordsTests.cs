// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering.Tests;

/// <summary>Names that others rely on, and values that are stored.</summary>
internal sealed class WordsTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Every_flag_has_a_name_that_reads_back()
    {
        foreach (var flag in Enum.GetValues<QualityFlags>().Where(f => f != QualityFlags.None))
        {
            Assert.That(QualityFlagNames.TryParse(QualityFlagNames.Text(flag), out var back), Is.True);
            Assert.That(back, Is.EqualTo(flag));
        }
    }

    [Test]
    public void Several_flags_read_back_together()
    {
        const QualityFlags Both = QualityFlags.Stuck | QualityFlags.Estimated;
        Assert.That(QualityFlagNames.TryParse(QualityFlagNames.Text(Both), out var back), Is.True);
        Assert.That(back, Is.EqualTo(Both));
    }

    [Test]
    public void Every_declared_use_of_the_contract_reads_back()
    {
        string[] contract =
            ["data_center", "colocation", "ai_compute", "hpc", "telecom", "commercial", "industrial", "cold_storage", "water", "lighting", "mining_declared", "unknown"];
        Assert.Multiple(() =>
        {
            Assert.That(DeclaredUseNames.All, Is.EquivalentTo(contract));
            foreach (var name in contract)
            {
                Assert.That(DeclaredUseNames.TryParse(name, out var use) ? use.Name() : null, Is.EqualTo(name));
            }
        });
    }

    [Test]
    public void Stored_numbers_are_frozen()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Enum.GetValues<Verdict>().Select(v => (int)v), Is.EqualTo(new[] { 1, 2, 3, 4 }));
            Assert.That(Enum.GetValues<ReadingKind>().Select(v => (int)v), Is.EqualTo(new[] { 1, 2, 3, 4 }));
            Assert.That((int)QualityFlags.Stuck, Is.EqualTo(256));
            Assert.That((int)DeclaredUse.MiningDeclared, Is.EqualTo(12));
        });
    }

    [Test]
    public void A_slice_holds_the_slots_that_start_in_the_range()
    {
        var series = new LoadSeries(MeterId.Of("m"), Start, TimeSpan.FromHours(1), [1, 2, float.NaN, 4], new QualityFlags[4]);
        var slice = series.Slice(new TimeRange(Start.AddMinutes(30), Start.AddHours(3)));
        Assert.Multiple(() =>
        {
            Assert.That(slice.Start, Is.EqualTo(Start.AddHours(1)));
            Assert.That(slice.PowerKilowatts, Is.EqualTo(new[] { 2, float.NaN }));
            Assert.That(series.Coverage, Is.EqualTo(0.75));
            Assert.That(series.Slice(new TimeRange(Start.AddDays(1), Start.AddDays(2))).Count, Is.Zero);
        });
    }

    [Test]
    public void An_unregistered_meter_is_its_own_site()
    {
        var row = SiteRegistry.Empty.Of(MeterId.Of("m"));
        Assert.That((row.Site, row.DeclaredUse), Is.EqualTo(("m", DeclaredUse.Unknown)));
    }
}
