// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Detector.Metering;
using Detector.Testing;

namespace Detector.Recordings;

internal sealed class ReadingsSourceTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Meter_is_the_files_name_without_its_extensions()
    {
        var path = Write("server_bert-99.9_Offline.csv.gz", "timestamp_utc,value_kw\n2026-01-01T00:00:00Z,1.5\n");
        Assert.That(ReadingsSource.Open(path).Readings(), Is.EqualTo(new[] { new Reading(MeterId.Of("server_bert-99.9_Offline"), Start) { PowerKilowatts = 1.5 } }));
    }

    [Test]
    public void Columns_come_in_any_order_with_optional_and_unknown_ones()
    {
        var path = Write("all.csv", "\uFEFFkwh_register,quality,Value_kW,note,meter,kvar,timestamp_utc\r\n7.5,estimated,2,\"a, b\",m-1,0.5,1767225600.25\r\n\r\n,,,,\"m,2\",,2026-01-01T08:00:00+08:00\r\n9,,,,m-3,,1767225600\r\n");
        var readings = ReadingsSource.Open(path).Readings().ToArray();
        Assert.That(readings, Is.EqualTo(new[]
        {
            new Reading(MeterId.Of("m-1"), Start.AddSeconds(0.25)) { PowerKilowatts = 2, ReactiveKilovars = 0.5, RegisterKilowattHours = 7.5, Quality = QualityFlags.Estimated },
            new Reading(MeterId.Of("m,2"), Start) { Quality = QualityFlags.Missing },
            new Reading(MeterId.Of("m-3"), Start) { RegisterKilowattHours = 9, Kind = ReadingKind.Register },
        }));
    }

    [TestCase("x", "value_kw 'x'")]
    [TestCase("1e999", "not a finite number")]
    public void Bad_value_names_file_line_and_remedy(string value, string expected)
    {
        var path = Write("m.csv", $"timestamp_utc,value_kw\n2026-01-01T00:00:00Z,1\n2026-01-01T00:01:00Z,{value}\n");
        Assert.That(() => ReadingsSource.Open(path).Readings().Count(), Throws.TypeOf<ReadingsFileException>().With.Message.Contains("m.csv, line 3:").And.Message.Contains(expected));
    }

    [TestCase("2026-01-01T00:00:00", "has no zone; append Z")]
    [TestCase("1767225600000", "seconds (not milliseconds)")]
    [TestCase("yesterday", "neither ISO 8601")]
    [TestCase("2026-01-01T00:00:00Z,5", "it has 3 fields, the header has 2")]
    public void Bad_time_or_row_names_what_would_mend_it(string time, string expected)
    {
        var path = Write("m.csv", $"timestamp_utc,value_kw\n{time},1\n");
        Assert.That(() => ReadingsSource.Open(path).Readings().Count(), Throws.TypeOf<ReadingsFileException>().With.Message.Contains("line 2").And.Message.Contains(expected));
    }

    [Test]
    public void Folder_is_searched_through_and_other_files_are_listed_as_skipped()
    {
        Write("a/m-2.csv", "timestamp_utc,value_kw\n2026-01-01T00:00:00Z,2\n");
        Write("b/m-1.csv", "timestamp_utc,value_kw\n2026-01-01T00:00:00Z,1\n");
        Write("b/mixed.csv", "meter,timestamp_utc,value_kw\nm-3,2026-01-01T00:00:00Z,3\nm-1,2026-01-01T00:01:00Z,4\n");
        Write("sites.csv", "meter,site\nm-1,s\n");
        Write("README.md", "text");
        var source = ReadingsSource.Open(_folder.Path);
        Assert.That(source.Skipped.Select(s => Path.GetFileName(s.Path)), Is.EquivalentTo(new[] { "sites.csv", "README.md" }));
        Assert.That(source.Recordings().Select(r => $"{r.Meter} {r.Count}"), Is.EqualTo(new[] { "m-1 2", "m-2 1", "m-3 1" }));
        Assert.That(source.Readings().Select(r => r.PowerKilowatts), Is.EqualTo(new[] { 2.0, 1, 3, 4 }));
    }

    [Test]
    public void Named_file_or_folder_without_readings_is_an_error()
    {
        var sites = Write("sites.csv", "meter,site\nm-1,s\n");
        Assert.That(() => ReadingsSource.Open(sites), Throws.TypeOf<ReadingsFileException>().With.Message.Contains("the header is not timestamp_utc,value_kw"));
        Assert.That(() => ReadingsSource.Open(_folder.Path), Throws.TypeOf<ReadingsFileException>().With.Message.Contains("no readings file"));
        Assert.That(() => ReadingsSource.Open(_folder.In("absent")), Throws.TypeOf<ReadingsFileException>());
        Assert.That(() => ReadingsSource.Open(Write("notes.txt", "x")), Throws.TypeOf<ReadingsFileException>());
    }

    [TestCase(1)]
    [TestCase(4)]
    [TestCase(8)]
    [TestCase(9)]
    [TestCase(100)]
    [TestCase(20_000)]
    public void A_packed_file_that_was_cut_is_an_error_and_not_a_shorter_recording(int missing)
    {
        var path = Write("m.csv.gz", Rows(0, 5000));
        Cut(path, missing);
        Assert.That(() => ReadingsSource.Open(path).Readings().Count(), Throws.TypeOf<ReadingsFileException>().With.Message.Contains("truncated").And.Message.Contains("Copy"));
    }

    [Test]
    public void The_number_that_a_cut_goes_through_is_no_reading()
    {
        var path = Write("m.csv.gz", Rows(0, 5000));
        var whole = ReadingsSource.Open(path).Readings().ToArray();
        Cut(path, 15);
        var read = new List<Reading>();
        Assert.That(ReadAll, Throws.TypeOf<ReadingsFileException>());
        Assert.That(read, Is.Not.Empty);
        Assert.That(read, Is.EqualTo(whole[..read.Count]));

        void ReadAll()
        {
            foreach (var reading in ReadingsSource.Open(path).Readings())
            {
                read.Add(reading);
            }
        }
    }

    [Test]
    public void A_packed_file_of_several_members_is_read_through_and_must_be_whole()
    {
        var first = File.ReadAllBytes(Write("1.csv.gz", Rows(0, 3000)));
        var second = File.ReadAllBytes(Write("2.csv.gz", Rows(3000, 3000)["timestamp_utc,value_kw\n".Length..]));
        var path = _folder.In("m.csv.gz");
        byte[] both = [.. first, .. second];
        File.WriteAllBytes(path, both);
        Assert.That(ReadingsSource.Open(path).Readings().Count(), Is.EqualTo(6000));
        File.WriteAllBytes(path, [.. both, 0, 0, 0]);
        Assert.That(ReadingsSource.Open(path).Readings().Count(), Is.EqualTo(6000), "an archiver's padding is no member");
        foreach (var end in new[] { both.Length - 1, both.Length - 8, first.Length + 12, first.Length + 5, first.Length + 1 })
        {
            File.WriteAllBytes(path, both[..end]);
            Assert.That(() => ReadingsSource.Open(path).Readings().Count(), Throws.TypeOf<ReadingsFileException>().With.Message.Contains("truncated"), $"cut after {end} bytes");
        }
    }

    [Test]
    public void A_packed_file_without_a_byte_is_truncated()
    {
        File.WriteAllBytes(_folder.In("m.csv.gz"), []);
        Assert.That(() => ReadingsSource.Open(_folder.In("m.csv.gz")), Throws.TypeOf<ReadingsFileException>().With.Message.Contains("truncated"));
    }

    [TestCase(3)]
    [TestCase(6)]
    public void A_packed_file_whose_sum_or_length_is_another_is_an_error(int fromEnd)
    {
        var path = Write("m.csv.gz", Rows(0, 5000));
        var bytes = File.ReadAllBytes(path);
        bytes[^fromEnd] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.That(() => ReadingsSource.Open(path).Readings().Count(), Throws.TypeOf<ReadingsFileException>().With.Message.Contains("cannot be read further"));
    }

    [Test]
    public void A_packed_file_that_carries_its_name_and_more_in_its_header_is_read()
    {
        var bytes = File.ReadAllBytes(Write("plain.csv.gz", Rows(0, 10)));
        bytes[3] = 4 | 8 | 16; // extra bytes, a name, a remark
        var path = _folder.In("m.csv.gz");
        File.WriteAllBytes(path, [.. bytes[..10], 3, 0, 1, 2, 3, .. "m.csv\0remark\0"u8, .. bytes[10..]]);
        Assert.That(ReadingsSource.Open(path).Readings().Count(), Is.EqualTo(10));
    }

    [TestCase("m.csv")]
    [TestCase("m.csv.gz")]
    public void What_is_written_is_read_back_to_the_same(string name)
    {
        var random = new Random(7);
        var written = Enumerable.Range(0, 3000).Select(i => new Reading(MeterId.Of("m,\u6c49"), Start.AddMicroseconds(i * 100_000L))
        {
            PowerKilowatts = random.NextDouble() * 100,
            ReactiveKilovars = random.NextDouble(),
            RegisterKilowattHours = i,
            Quality = i % 5 == 0 ? QualityFlags.Estimated | QualityFlags.Suspect : QualityFlags.None,
        }).ToArray();
        var path = _folder.In(name);
        using (var writer = ReadingsFileWriter.Create(path, ReadingsColumns.Meter | ReadingsColumns.Quality | ReadingsColumns.Reactive | ReadingsColumns.Register))
        {
            foreach (var reading in written)
            {
                writer.Write(reading);
            }
        }

        Assert.That(ReadingsSource.Open(path).Readings(), Is.EqualTo(written));
        var recording = ReadingsSource.Open(path).Recordings().Single();
        Assert.That(recording.Readings(), Is.EqualTo(written));
        Assert.That(recording.ToColumns().UnixMicroseconds, Is.EqualTo(written.Select(r => Instants.ToUnixMicroseconds(r.Time))));
        Assert.That(recording.ToColumns().RegisterKilowattHours, Is.EqualTo(written.Select(r => r.RegisterKilowattHours)));
    }

    [Test]
    public void Real_recordings_are_all_readable()
    {
        var source = ReadingsSource.Open(Path.Combine(Requires.Recordings(), "honest", "google_power_2019"));
        Assert.That(source.Recordings().Select(r => r.Count), Is.All.GreaterThan(8000));
        Assert.That(source.Skipped.Select(s => Path.GetFileName(s.Path)), Does.Contain("README.md"));
    }

    private static string Rows(int from, int count) => "timestamp_utc,value_kw\n"
        + string.Concat(Enumerable.Range(from, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{1767225600 + (i * 60)},{(i * 7919 % 1000) / 10.0}\n")));

    private static void Cut(string path, int missing) => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^missing]);

    private string Write(string name, string text)
    {
        var path = _folder.In(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using Stream file = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.Create(path), CompressionLevel.Fastest) : File.Create(path);
        file.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }
}
