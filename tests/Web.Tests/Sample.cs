// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Web.Tests;

/// <summary>Findings, registrations and readings for tests.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What an attacker would write wherever text is taken.</summary>
    public const string Injection = "<script>window.owned=1</script><img src=x onerror=\"window.owned=1\">';DROP TABLE cases;--";

    public static MeterRegistration Registration(string meter, string site, string name, DeclaredUse use = DeclaredUse.Colocation) => new()
    {
        Meter = MeterId.Of(meter),
        Site = site,
        Name = name,
        DeclaredUse = use,
        ContractedKilowatts = 800,
        Region = "Qinghai",
        Feeder = "F-12",
        Owner = "Longyang Computing",
        TimeZone = "Asia/Shanghai",
        Commissioned = Start.AddYears(-3),
    };

    public static Finding Finding(string meter, string site, Verdict verdict, double probability = 0.97, int days = 91) => new()
    {
        Meter = MeterId.Of(meter),
        Site = site,
        Verdict = verdict,
        Probability = verdict == Verdict.Insufficient ? null : probability,
        PValue = verdict == Verdict.Insufficient ? null : Math.Round((1 - probability) / 75, 6),
        Share = verdict == Verdict.Case ? new ShareInterval(0.42, 0.55, 0.68) : null,
        Onset = verdict == Verdict.Case ? new OnsetInterval(Start.AddDays(33), Start.AddDays(33.6), Start.AddDays(34.1)) : null,
        Window = new TimeRange(Start, Start.AddDays(days)),
        CadenceSeconds = 900,
        Coverage = verdict == Verdict.Insufficient ? 0.31 : 0.993,
        Quality = [new QualityCount("stuck", 12)],
        Reasons = verdict == Verdict.Insufficient
            ? []
            :
            [
                new Reason("flatness", true, 2.4, "The load varies by 1.1 % within a day; honest sites of this use vary by 4 to 18 %.", "日内负荷仅波动 1.1 %；同类正常站点为 4 至 18 %。"),
                new Reason("calendar", true, 1.8, "Weekdays and holidays look the same: 0.3 % apart, honest sites 2 to 11 %.", "工作日与节假日几乎相同，相差 0.3 %；正常站点为 2 至 11 %。"),
                new Reason("drops", false, 0.6, "Nine short dips a month are more than mining sites show (0 to 4).", "每月九次短时下降，多于挖矿站点（0 至 4 次）。"),
            ],
        Missing = verdict switch
        {
            Verdict.Insufficient => [new MissingEvidence("history", "Only 9 of the 28 days needed are covered.", "所需 28 天中仅有 9 天数据。")],
            _ => [new MissingEvidence("burst", "A burst at one second would show whether the load is hash-rate flat.", "一秒级突发采样可判断负荷是否具有算力平稳特征。")],
        },
        Model = "fast-forest/1",
    };

    /// <summary>A quarter-hourly load that steps up at day 33, with a gap and a stuck stretch.</summary>
    public static IEnumerable<Reading> Load(string meter, int days = 91)
    {
        var random = new Random(7);
        for (var i = 0; i < days * 96; i++)
        {
            var day = i / 96.0;
            if (day is > 50 and < 52)
            {
                continue;
            }

            var daily = 18 * Math.Sin((day % 1 * 2 * Math.PI) - 1.6);
            var power = 310 + daily + (random.NextDouble() * 9) + (day > 33.6 ? 290 + (random.NextDouble() * 4) : 0);
            yield return new Reading(MeterId.Of(meter), Start.AddMinutes(15 * i))
            {
                Kind = ReadingKind.IntervalMean,
                Interval = TimeSpan.FromMinutes(15),
                PowerKilowatts = day is > 70 and < 71 ? 604.5 : Math.Round(power, 2),
                Quality = day is > 70 and < 71 ? QualityFlags.Stuck : QualityFlags.None,
            };
        }
    }

    /// <summary>An hour's temperature after the other, with a season and a day, that the load knows nothing of.</summary>
    public static IEnumerable<OutdoorTemperature> Weather(string region, int days = 91) =>
        Enumerable.Range(0, days * 24).Select(h => new OutdoorTemperature(region, Start.AddHours(h), -8 + (9 * Math.Sin(h / 130.0)) + (4 * Math.Sin(2 * Math.PI * h / 24))));
}
