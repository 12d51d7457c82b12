// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Detector.Access;
using Detector.Cases.Attachments;
using Detector.Cases.Dossier;
using Detector.Cases.Measures;
using Detector.Cases.Tests.Printing;
using Detector.Metering;

namespace Detector.Cases.Tests.Dossier;

/// <summary>What a dossier holds for whoever reads it: charts, features with ranges, calibration, money, history in two languages.</summary>
public sealed class DossierContentTests
{
    private const string Injection = "<script>alert(1)</script>\n=1+1";

    private static readonly DossierSources Sources = new()
    {
        Readings = async (meter, range, csv, cancel) => await csv.WriteAsync(Encoding.UTF8.GetBytes("timestamp_utc,value_kw,quality\n" + string.Concat(Series(meter, range).Select(r => string.Create(CultureInfo.InvariantCulture, $"{UtcText.Write(r.Time)},{r.PowerKilowatts},\n")))), cancel),
        Energy = (meter, range, _) => Series(meter, range).ToAsyncEnumerable(),
        Place = (_, judged) => ([.. judged.Select(meter => new MeterInstallation(meter, TimeRange.All))], "Hainan"),
        Models = model => model == "trees/1" ? new ModelPapers("# Card\n& limits", new Calibration("detector evaluate", [new CalibrationPoint(0.9, 0.85, 0.1)])) : null,
    };

    private CasesBench _bench = null!;
    private string _id = null!;

    [SetUp]
    public async Task Open()
    {
        _bench = await CasesBench.OpenAsync(new CasesOptions { Measures = Law() });
        _id = await _bench.OpenMeasuresAsync();
        var finding = CasesBench.Finding(day: 1, probability: 0.8);
        var reason = finding.Reasons[0] with { Number = new ReasonNumber("weekend_ratio", 0.998, 0.61, 0.93, "honest") };
        await _bench.Desk.ConsiderAsync(finding with { Reasons = [reason] }, default);
        await _bench.Desk.NoteAsync(_id, Injection, CasesBench.Ana, default);
        await new AttachmentDesk(_bench.Desk).AttachAsync(_id, "租约.pdf", "%PDF-1.7"u8.ToArray(), CasesBench.Ana, null, default);
        await new MeasureDesk(_bench.Desk).ProposeAsync(_id, new MeasureProposal(MeasureKind.DifferentialPrice, 2, "Hainan", null, "as the notice says"), CasesBench.Ana, default);
    }

    [TearDown]
    public async Task Close() => await _bench.DisposeAsync();

    [Test]
    public async Task The_print_says_the_same_with_the_chart_and_every_field_as_text()
    {
        var entries = await MakeAsync();
        var print = PdfText.Of(entries["dossier.pdf"]);
        foreach (var text in new[]
        {
            "weekend_ratio", "0.998", "0.61–0.93", "&limits", "confirm/确认挖矿:inspecting/现场检查中→confirmed/已确认", "sue,supervisor/主管", "differentialprice/差别电价", "租约.pdf",
            "<script>alert(1)</script>=1+1", "kW,UTC(band:lowesttohighest,line:mean/色带：最低至最高，曲线：均值)",
        })
        {
            Assert.That(print.Whole, Does.Contain(text));
        }

        Assert.That(print.Bookmarks, Has.Some.EqualTo("Load / 负荷").And.Some.EqualTo("Money / 金额"));
        Assert.That(print.AllOnPaper, Is.True);
        Assert.That((await MakeAsync())["dossier.pdf"], Is.EqualTo(entries["dossier.pdf"]));
    }

    [Test]
    public async Task The_page_says_everything_in_english_and_chinese_and_runs_nothing()
    {
        var page = Encoding.UTF8.GetString((await MakeAsync())["dossier.html"]);
        foreach (var text in new[]
        {
            "weekend_ratio", "0.998", "0.61 – 0.93", "stuck", "12", "2026-02-01T00:00:00Z – 2026-02-02T00:00:00Z – 2026-02-03T00:00:00Z", // features, quality, onset
            "&amp; limits", "detector evaluate", "0.85", // model card, calibration
            "confirm / 确认挖矿: inspecting / 现场检查中 → confirmed / 已确认", "sue, supervisor / 主管", "200 machines", // history
            "differential price / 差别电价", "as the notice says", "租约.pdf", "attachments/", "measures / 处置中",
        })
        {
            Assert.That(page, Does.Contain(text));
        }

        Assert.That(page, Does.Not.Contain("<script").And.Contain("&lt;script&gt;alert(1)&lt;/script&gt;<br>=1&#x2B;1").And.Contain("default-src 'none'"));
    }

    [Test]
    public async Task Money_is_an_interval_counted_from_the_readings_and_each_stretch_is_traced()
    {
        var entries = await MakeAsync();
        var statement = JsonSerializer.Deserialize<SurchargeStatement>(entries["surcharge.json"], FindingJson.Options)!;

        // 100 kW at 0.8 yuan/kWh from the onset to the end of the window, 3 April: 61, 60 and 59 days.
        Assert.That(statement.Yuan, Is.EqualTo(new AmountInterval(59 * 24 * 80m, 60 * 24 * 80m, 61 * 24 * 80m)));
        var traced = Encoding.UTF8.GetString(entries["surcharge.csv"]).Split("\r\n");
        Assert.That(traced[0], Does.StartWith("meter,reading_utc,from_utc"));
        Assert.That(traced[1], Does.StartWith("m-s-1,2026-02-01T00:00:00Z,2026-02-01T00:00:00Z,2026-02-01T00:15:00Z,100,25,"));
    }

    [Test]
    public async Task A_chart_is_a_drawing_of_the_readings_with_the_onset_marked()
    {
        var entries = await MakeAsync();
        var svg = XDocument.Parse(Encoding.UTF8.GetString(entries["charts/m-s-1.svg"]));
        Assert.That(svg.Descendants().Count(e => e.Name.LocalName == "rect"), Is.EqualTo(2), "the ground and the onset");
        Assert.That(svg.Descendants().Count(e => e.Name.LocalName is "script" or "image" or "foreignObject"), Is.Zero);
        Assert.That(Encoding.UTF8.GetString(entries["dossier.html"]), Does.Contain("<svg"));
    }

    [Test]
    public async Task Without_readings_and_papers_the_page_says_so()
    {
        var entries = Unpack(await WriteAsync(DossierSources.None));
        var page = Encoding.UTF8.GetString(entries["dossier.html"]);
        Assert.That(page, Does.Contain("No readings are included.").And.Contain("Not counted").And.Contain("was not at hand"));
        Assert.That(entries.Keys.Where(k => k.StartsWith("charts/", StringComparison.Ordinal) || k.StartsWith("models/", StringComparison.Ordinal) || k.StartsWith("surcharge", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task The_same_sources_later_give_the_same_bytes()
    {
        var first = await WriteAsync(Sources);
        _bench.Clock.Advance(TimeSpan.FromDays(400));
        Assert.That(await WriteAsync(Sources), Is.EqualTo(first));
        Assert.That(DossierVerifier.Verify(first).FirstFault, Is.Null);
    }

    [Test]
    public void Every_state_verb_kind_and_role_has_chinese_words()
    {
        var words = CaseStateNames.All.Select(s => PageText.Of(s)).Concat(CaseLifecycle.Standard().Transitions.Select(t => PageText.Of(t.Verb)))
            .Concat(Enum.GetValues<CaseEventKind>().Select(k => PageText.Of(k))).Concat(RoleNames.All.Select(r => PageText.Of(r)))
            .Concat(Enum.GetValues<Verdict>().Select(v => PageText.Of(v))).Concat(MeasureNames.Kinds.Select(k => PageText.Of(k))).Concat(Enum.GetValues<MeasureState>().Select(s => PageText.Of(s)));
        Assert.That(words, Is.All.Contain(" / "));
    }

    private static MeasuresOptions Law() => new()
    {
        Rules = [new MeasureRule { Kind = MeasureKind.DifferentialPrice, From = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), Basis = "Hainan 2025/1", BasisZh = "琼 2025/1", YuanPerKilowattHour = 0.8m }],
        Tariffs = [new Tariff { From = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero) }],
    };

    /// <summary>100 kW every quarter of an hour.</summary>
    private static IEnumerable<Reading> Series(MeterId meter, TimeRange range)
    {
        for (var time = range.From; time < range.To; time += TimeSpan.FromMinutes(15))
        {
            yield return new Reading(meter, time) { PowerKilowatts = 100, Kind = ReadingKind.IntervalMean, Interval = TimeSpan.FromMinutes(15) };
        }
    }

    private static SortedDictionary<string, byte[]> Unpack(byte[] file) => DossierFiles.Unpack(file);

    private async Task<SortedDictionary<string, byte[]>> MakeAsync() => Unpack(await WriteAsync(Sources));

    private Task<byte[]> WriteAsync(DossierSources sources) => DossierFiles.WriteAsync(_bench, _id, sources);
}
