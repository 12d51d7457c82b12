// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering.Tests;

internal sealed class FindingJsonTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Finding Finding = new()
    {
        Meter = MeterId.Of("m-17"),
        Site = "s-4",
        Verdict = Verdict.Case,
        Probability = 0.97,
        PValue = 0.0004,
        Share = new ShareInterval(0.42, 0.55, 0.68),
        Onset = new OnsetInterval(Start.AddDays(33), Start.AddDays(33).AddHours(14), Start.AddDays(34)),
        Window = new TimeRange(Start, Start.AddDays(91)),
        CadenceSeconds = 900,
        Coverage = 0.993,
        Quality = [new QualityCount("stuck", 12)],
        Reasons = [new Reason("calendar", true, 1.8, "text", "文字")],
        Model = "name/1",
    };

    [Test]
    public void A_finding_has_the_contracts_shape()
    {
        const string Expected = """
            {"meter":"m-17","site":"s-4","verdict":"case","probability":0.97,"p_value":0.0004,"share":{"low":0.42,"likely":0.55,"high":0.68},"onset":{"earliest":"2026-02-03T00:00:00Z","likely":"2026-02-03T14:00:00Z","latest":"2026-02-04T00:00:00Z"},"window":{"from":"2026-01-01T00:00:00Z","to":"2026-04-02T00:00:00Z"},"cadence_seconds":900,"coverage":0.993,"quality":[{"flag":"stuck","readings":12}],"reasons":[{"group":"calendar","for_mining":true,"weight":1.8,"text":"text","text_zh":"文字"}],"missing":[],"model":"name/1"}
            """;
        Assert.That(FindingJson.Write(Finding), Is.EqualTo(Expected));
    }

    [Test]
    public void What_was_written_reads_back_the_same()
    {
        var text = FindingJson.Write(Finding);
        Assert.That(FindingJson.Write(FindingJson.Read(text)), Is.EqualTo(text));
    }

    [Test]
    public void A_reading_that_is_kept_whole_loses_no_digit()
    {
        var reading = new Reading(MeterId.Of("m"), Start.AddMicroseconds(1)) { PowerKilowatts = 0.1 + 0.2, Quality = QualityFlags.Future };
        var text = System.Text.Json.JsonSerializer.Serialize(reading, FindingJson.Exact);
        Assert.That(System.Text.Json.JsonSerializer.Deserialize<Reading>(text, FindingJson.Exact), Is.EqualTo(reading));
    }
}
