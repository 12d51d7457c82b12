// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.IO.Compression;
using Detector.Metering;
using Detector.Profiles;
using Detector.Profiles.Daily;
using Detector.Testing;

namespace Detector.Detection.Tests.Daily;

/// <summary>The flattest honest recordings as daily energy, judged by the model that ships: none may become a case.</summary>
internal sealed class HonestFlatDays
{
    [TestCase("google_power_2019/cella_pdu6", 5, "America/Los_Angeles")]
    [TestCase("google_power_2019/cella_pdu8", 5, "America/Los_Angeles")]
    [TestCase("hpc_system/lumi_10min", 10, "Europe/Helsinki")]
    [TestCase("cambridge_estates/b46", 60, "Europe/London")]
    [TestCase("cambridge_estates/b62", 60, "Europe/London")]
    [TestCase("bdg2/Panther_education_Hugh", 60, "America/New_York")]
    [TestCase("bdg2/Panther_parking_Stanley", 60, "America/New_York")]
    [TestCase("uci851-steel/DAEWOO-steel-Gwangyang", 15, "Asia/Seoul")]
    public void Are_never_a_case(string recording, int minutes, string timeZone)
    {
        var path = Path.Combine(Requires.Recordings(), "honest", recording + ".csv.gz");
        Assume.That(File.Exists(path), $"{path} is not there.");
        var judge = new Judge(DetectorModel.Load(Shipped()), new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions());
        var days = Read(path, TimeSpan.FromMinutes(minutes), timeZone);
        var registration = MeterRegistration.Unregistered(days.Meter) with { TimeZone = timeZone };
        var findings = new List<Finding>();
        for (var end = 28; end <= days.Count; end += end < 364 ? 28 : 182)
        {
            findings.Add(judge.Assess(days, registration, days.TimeOf(end)));
        }

        Assert.Multiple(() =>
        {
            Assert.That(findings.Where(f => f.Verdict == Verdict.Case).Select(FindingJson.Write), Is.Empty);
            Assert.That(findings.SelectMany(f => f.Missing).Where(m => m.Code == "resolution"), Is.Empty);
        });
    }

    private static string Shipped()
    {
        var models = Path.Combine(Requires.Repository(), "models");
        var folder = Path.Combine(models, File.ReadAllText(Path.Combine(models, "current")).Trim());
        if (!File.Exists(Path.Combine(folder, "daily.json")))
        {
            Assert.Ignore("The model in use has no daily.json.");
        }

        return folder;
    }

    private static LoadSeries Read(string path, TimeSpan cadence, string timeZone)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var rows = new List<(DateTimeOffset Time, float Value)>();
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            rows.Add((DateTimeOffset.Parse(cells[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), float.Parse(cells[1], CultureInfo.InvariantCulture)));
        }

        var start = rows.Min(r => r.Time);
        var values = new float[(int)((rows.Max(r => r.Time) - start) / cadence) + 1];
        Array.Fill(values, float.NaN);
        foreach (var (time, value) in rows)
        {
            values[(int)((time - start) / cadence)] = value;
        }

        var meter = MeterId.Of(Path.GetFileName(path).Replace(".csv.gz", string.Empty, StringComparison.Ordinal));
        var days = DailyLoad.From(new LoadSeries(meter, start, cadence, values, new QualityFlags[values.Length]), timeZone);
        var midnight = new DateTimeOffset(new DateTime(days.FirstDay * TimeSpan.TicksPerDay), TimeSpan.Zero);
        return new LoadSeries(meter, midnight, TimeSpan.FromDays(1), days.Kilowatts, new QualityFlags[days.Count]);
    }
}
