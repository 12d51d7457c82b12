// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using Detector.Metering;
using Detector.Testing;

namespace Detector.Recordings;

internal sealed class TableTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Only_the_meter_is_required()
    {
        File.WriteAllText(_folder.In("sites.csv"), "meter\nm-1\n");
        Assert.That(SitesFile.Read(_folder.In("sites.csv")), Is.EqualTo(new[] { MeterRegistration.Unregistered(MeterId.Of("m-1")) }));
    }

    [Test]
    public void Sites_written_are_read_back_to_the_same()
    {
        var row = new MeterRegistration
        {
            Meter = MeterId.Of("m-1"),
            Site = "s-1",
            Name = "Hall \"A\", east",
            DeclaredUse = DeclaredUse.ColdStorage,
            ContractedKilowatts = 1250.5,
            Feeder = "f",
            ParentMeter = MeterId.Of("m-0"),
            Owner = "o",
            Region = "r",
            TimeZone = "Asia/Shanghai",
            Commissioned = new DateTimeOffset(2020, 5, 1, 0, 0, 0, TimeSpan.Zero),
        };
        SitesFile.Write(_folder.In("sites.csv"), [row]);
        Assert.That(SitesFile.Read(_folder.In("sites.csv")), Is.EqualTo(new[] { row }));
        Assert.That(File.ReadAllLines(_folder.In("sites.csv"))[0], Is.EqualTo("meter,site,name,declared_use,contracted_kw,feeder,parent_meter,owner,region,timezone,commissioned"));
    }

    [Test]
    public void A_meter_that_moved_has_a_row_for_each_time()
    {
        var moved = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        MeterRegistration[] rows =
        [
            MeterRegistration.Unregistered(MeterId.Of("m-1")) with { Site = "mill", Name = "mill", ValidTo = moved },
            MeterRegistration.Unregistered(MeterId.Of("m-1")) with { Site = "hall", Name = "hall", ValidFrom = moved },
        ];
        SitesFile.Write(_folder.In("sites.csv"), rows);
        Assert.That(SitesFile.Read(_folder.In("sites.csv")), Is.EqualTo(rows));
        File.WriteAllText(_folder.In("twice.csv"), "meter,valid_from,valid_to\nm-1,,2026-03-02\nm-1,2026-03-01,\nm-2,2026-03-01,2026-03-01\n");
        Assert.That(Assert.Throws<TableFileException>(() => SitesFile.Read(_folder.In("twice.csv")))!.Faults, Is.EqualTo(new[]
        {
            "line 3, column meter: m-1 is already on line 2; keep one of them, or let one end (valid_to) before the other begins (valid_from).",
            "line 4, column valid_to: it must be later than valid_from.",
        }));
    }

    [Test]
    public void Faults_of_a_sites_file_are_named_all_at_once_with_line_and_column()
    {
        File.WriteAllText(_folder.In("sites.csv"), "meter,declared_use,contracted_kw,timezone,commissioned,parent_meter\nm-1,bakery,-5,Moon/Base,soon,m-1\nm/2,,,,,\nm-1,,,,,\nm-3\n");
        var fault = Assert.Throws<TableFileException>(() => SitesFile.Read(_folder.In("sites.csv")));
        Assert.That(string.Join('\n', fault!.Faults.Order(StringComparer.Ordinal)), Does.Contain("line 2, column declared_use").And.Contain("line 2, column contracted_kw").And.Contain("line 2, column timezone")
            .And.Contain("line 2, column commissioned").And.Contain("line 2, column parent_meter").And.Contain("line 3, column meter").And.Contain("line 4, column meter: m-1 is already on line 2").And.Contain("line 5: it has 1 fields"));
    }

    [Test]
    public void Labels_of_inspections_keep_when_and_by_what_they_were_found()
    {
        File.WriteAllText(_folder.In("labels.csv"), "site,meter,mines,inspected_utc,case,state,provenance\r\ns-1,m-1,true,2026-03-01T08:00:00Z,c-4,confirmed,inspection:42\r\n");
        var label = LabelsFile.Read(_folder.In("labels.csv")).Single();
        Assert.That((label.Mines, label.Inspected, label.Provenance), Is.EqualTo((true, new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero), "inspection:42")));
    }

    [Test]
    public void Labels_written_are_read_back_to_the_same()
    {
        MeterLabel[] labels =
        [
            new() { Site = "s-1", Meter = MeterId.Of("m-1"), Mines = true, Share = 0.25, Onset = new DateTimeOffset(2026, 1, 2, 3, 0, 0, TimeSpan.Zero), Class = "office", Style = "night" },
            new() { Site = "s-2", Meter = MeterId.Of("m-2"), Mines = false, Class = "hpc" },
        ];
        LabelsFile.Write(_folder.In("labels.csv"), labels);
        Assert.That(LabelsFile.Read(_folder.In("labels.csv")), Is.EqualTo(labels));
    }

    [Test]
    public void A_packed_register_that_was_cut_is_an_error_and_not_a_shorter_register()
    {
        var path = _folder.In("sites.csv.gz");
        using (var packed = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            packed.Write("meter\nm-1\nm-2\n"u8);
        }

        Assert.That(SitesFile.Read(path), Has.Count.EqualTo(2));
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        Assert.That(() => SitesFile.Read(path), Throws.TypeOf<TableFileException>().With.Message.Contains("truncated"));
    }

    [Test]
    public void Missing_file_or_column_is_an_error()
    {
        File.WriteAllText(_folder.In("sites.csv"), "site,name\n");
        Assert.That(() => SitesFile.Read(_folder.In("sites.csv")), Throws.TypeOf<TableFileException>().With.Message.Contains("the column meter is missing"));
        Assert.That(() => SitesFile.Read(_folder.In("absent.csv")), Throws.TypeOf<TableFileException>());
        Assert.That(() => LabelsFile.Read(_folder.In("sites.csv")), Throws.TypeOf<TableFileException>().With.Message.Contains("the column mines is missing"));
    }
}
