// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.IO.Compression;
using Detector.Metering;
using Detector.Profiles;
using Detector.Testing;

namespace Detector.Detection.Tests;

/// <summary>The flattest honest recordings there are, judged by the model that ships: none may become a case.</summary>
internal sealed class HonestFlatRecordings
{
    [TestCase("google_power_2019/cella_pdu6", 5, "America/Los_Angeles")]
    [TestCase("google_power_2019/cella_pdu8", 5, "America/Los_Angeles")]
    [TestCase("hpc_system/lumi_10min", 10, "Europe/Helsinki")]
    [TestCase("cambridge_estates/b46", 60, "Europe/London")]
    [TestCase("bdg2/Panther_education_Hugh", 60, "America/New_York")]
    [TestCase("bdg2/Panther_parking_Stanley", 60, "America/New_York")]
    [TestCase("uci851-steel/DAEWOO-steel-Gwangyang", 15, "Asia/Seoul")]
    public void Are_never_a_case(string recording, int minutes, string timeZone)
    {
        var judge = new Judge(Shipped(), new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions());
        var path = Path.Combine(Requires.Recordings(), "honest", recording + ".csv.gz");
        Assume.That(File.Exists(path), $"{path} is not there.");
        var series = Read(path, TimeSpan.FromMinutes(minutes));
        var registration = MeterRegistration.Unregistered(series.Meter) with { TimeZone = timeZone };
        var findings = new List<Finding>();
        var step = TimeSpan.FromDays(Math.Max(30, series.Range.Length.TotalDays / 16)); // some sixteen looks over the recording's years
        for (var end = series.Start.AddDays(28); end <= series.Range.To; end += step)
        {
            findings.Add(judge.Assess(series, registration, end));
        }

        Assert.That(findings, Is.Not.Empty);
        Assert.That(findings.Where(f => f.Verdict == Verdict.Case).Select(FindingJson.Write), Is.Empty);
    }

    private static DetectorModel Shipped()
    {
        var models = Path.Combine(Requires.Repository(), "models");
        var folder = Directory.Exists(models)
            ? Directory.EnumerateFiles(models, "model.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
        if (folder is null)
        {
            Assert.Ignore("No model ships yet: models/ holds no model.json.");
        }

        return DetectorModel.Load(Path.GetDirectoryName(folder)!);
    }

    private static LoadSeries Read(string path, TimeSpan cadence)
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

        var name = Path.GetFileName(path).Replace(".csv.gz", string.Empty, StringComparison.Ordinal);
        return new LoadSeries(MeterId.Of(name), start, cadence, values, new QualityFlags[values.Length]);
    }
}
