// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using System.Text.Json;
using Detector.Testing;

namespace Detector.EndToEnd;

/// <summary>Retention from outside: a plan changes nothing, a run leaves an account that verifies, and a service does it by itself.</summary>
internal sealed class RetentionTests
{
    private const int Days = 130;
    private const int RawDays = 100;
    private static readonly Dictionary<string, string> Policy = new() { ["DETECTOR__Timeline__Retention__RawDays"] = "100" };

    [Test]
    [CancelAfter(180_000)]
    public Task A_plan_changes_nothing_and_a_run_leaves_an_account_that_verifies(CancellationToken cancel) => PlanAndRunAsync([], cancel);

    [Test]
    [CancelAfter(180_000)]
    public async Task In_influxdb_as_well(CancellationToken cancel)
    {
        await using var influx = await InfluxServer.StartAsync();
        await PlanAndRunAsync(new() { ["DETECTOR__Timeline__Kind"] = "influx", ["DETECTOR__Timeline__Influx__Url"] = influx.Url.ToString() }, cancel);
    }

    private static async Task PlanAndRunAsync(Dictionary<string, string> store, CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        var data = folder.In("data");
        var policy = new Dictionary<string, string>([.. store, .. Policy]);
        await ImportAsync(folder, data, cancel, environment: store);
        var keeps = await RunAsync(["retention", "plan", "--data", data], store);
        var plan = await RunAsync(["retention", "plan", "--data", data], policy);
        var holds = await RunAsync(["retention", "holds", "--data", data], policy);
        var ran = await RunAsync(["retention", "run", "--data", data], policy);
        var again = await RunAsync(["retention", "run", "--data", data], policy);
        var ledger = await DetectorProcess.RunAsync(["ledger", "--verify", "--data", data], store);

        var due = (Days - RawDays - 1) * 96;
        Assert.That(keeps.EnumerateArray().Select(row => row.GetProperty("rows").GetInt64()), Is.All.Zero);
        Assert.That(plan[0].GetProperty("rows").GetInt64(), Is.EqualTo(due));
        Assert.That(plan[0].GetProperty("keep_days").GetInt32(), Is.EqualTo(RawDays));
        Assert.That(holds.GetArrayLength(), Is.Zero);
        Assert.That(ran[0].GetProperty("readings").GetInt64(), Is.EqualTo(due));
        Assert.That(ran[0].GetProperty("hours_made").GetInt64(), Is.EqualTo((Days - RawDays - 1 + 7) * 24));
        Assert.That(again[0].GetProperty("readings").GetInt64(), Is.Zero);
        Assert.That(ledger.Code, Is.Zero, ledger.Error);
        Assert.That(ledger.Error, Does.Contain($"{due} readings that have expired"));
        Assert.That(JsonDocument.Parse(ledger.Output).RootElement[0].GetProperty("stored").GetInt64(), Is.EqualTo(Days * 96));
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task A_service_lets_readings_expire_by_itself_and_its_metrics_say_so(CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        var data = folder.In("data");
        await ImportAsync(folder, data, cancel);
        await using (var detector = await DetectorProcess.ServeAsync(data, ServerProcess.FreePort(), ServerProcess.FreePort(), Policy))
        {
            var due = string.Create(CultureInfo.InvariantCulture, $"{(Days - RawDays - 1) * 96}");
            await detector.UntilAsync(
                async () => (await detector.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative), cancel)).Split('\n')
                    .Any(line => line.StartsWith("detector_retention_expired_total", StringComparison.Ordinal) && line.Contains("\"readings\"", StringComparison.Ordinal) && line.Contains($"}} {due}", StringComparison.Ordinal)),
                TimeSpan.FromSeconds(60));
            var busy = await DetectorProcess.RunAsync(["retention", "plan", "--data", data], Policy);
            Assert.That(busy.Code, Is.EqualTo(2), busy.Error);
            Assert.That(busy.Error, Does.Contain("A service runs on"));
        }

        var ledger = await DetectorProcess.RunAsync(["ledger", "--verify", "--data", data]);
        Assert.That(ledger.Code, Is.Zero, ledger.Error);
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task However_often_a_service_is_killed_as_it_sweeps_the_account_verifies(CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        var data = folder.In("data");
        await ImportAsync(folder, data, cancel, meters: 40);
        for (var kill = 0; kill < 3; kill++)
        {
            await using (var detector = await DetectorProcess.ServeAsync(data, ServerProcess.FreePort(), ServerProcess.FreePort(), Policy))
            {
                await detector.KillAsync(); // it answers while its first sweep begins
            }

            var ledger = await DetectorProcess.RunAsync(["ledger", "--verify", "--data", data]);
            Assert.That(ledger.Code, Is.Zero, ledger.Error);
        }

        await RunAsync(["retention", "run", "--data", data], Policy);
        var left = await RunAsync(["retention", "plan", "--data", data], Policy);
        var after = await DetectorProcess.RunAsync(["ledger", "--verify", "--data", data]);
        Assert.That(left[0].GetProperty("rows").GetInt64(), Is.Zero);
        Assert.That(after.Error, Does.Contain($"{40 * (Days - RawDays - 1) * 96} readings that have expired"));
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task What_has_expired_can_be_exported_as_hours_and_an_export_of_readings_says_what_it_lacks(CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        var data = folder.In("data");
        await ImportAsync(folder, data, cancel);
        await RunAsync(["retention", "run", "--data", data], Policy);
        var hours = await RunAsync(["export", "--aggregates", "hour", "--out", folder.In("hours.csv"), "--data", data]);
        var days = await RunAsync(["export", "--aggregates", "day", "--out", folder.In("days.csv"), "--data", data]);
        var readings = await DetectorProcess.RunAsync(["export", "--out", folder.In("readings.parquet"), "--data", data]);
        var wrong = await DetectorProcess.RunAsync(["export", "--aggregates", "day", "--out", folder.In("days.parquet"), "--data", data]);
        var lines = await File.ReadAllLinesAsync(folder.In("hours.csv"), cancel);

        Assert.That(hours[0].GetProperty("hours").GetInt64(), Is.EqualTo((Days - RawDays - 1 + 7) * 24));
        Assert.That(days[0].GetProperty("days").GetInt64(), Is.EqualTo(Days - RawDays - 1 + 7));
        Assert.That(lines[0], Is.EqualTo("meter,from_utc,mean_kw,low_kw,high_kw,covered_s,kwh,cadence_s,readings,quality,kwh_register"));
        Assert.That(lines[1], Does.StartWith("m-1,2026-01-01T00:00:00Z,").And.EndsWith(",900,4,,"));
        Assert.That((readings.Code, wrong.Code), Is.EqualTo((0, 2)));
        Assert.That(readings.Error, Does.Contain("Of 1 meters the readings from before 2026-01-30T00:00:00Z or earlier have expired"));
        Assert.That(wrong.Error, Does.Contain(".csv"));
    }

    [Test]
    public async Task A_policy_that_would_take_what_is_judged_is_refused_as_a_whole()
    {
        using var data = new TemporaryFolder();
        var (code, _, error) = await DetectorProcess.RunAsync(["retention", "plan", "--data", data.Path], new Dictionary<string, string>
        {
            ["DETECTOR__Timeline__Retention__RawDays"] = "60",
            ["DETECTOR__Timeline__Retention__HourlyDays"] = "90",
            ["DETECTOR__Timeline__Retention__DailyDays"] = "80",
            ["DETECTOR__Timeline__Retention__BurstDays"] = "3",
        });
        var influx = await DetectorProcess.RunAsync(["ledger", "--data", data.Path], new Dictionary<string, string>(Policy) { ["DETECTOR__Timeline__Kind"] = "influx", ["DETECTOR__Timeline__Influx__Token"] = "t" });
        var nothing = await DetectorProcess.RunAsync(["retention", "run", "--data", data.Path]);

        Assert.Multiple(() =>
        {
            Assert.That((code, influx.Code, nothing.Code), Is.EqualTo((2, 2, 2)));
            Assert.That(error, Does.Contain("RawDays is 60; judging needs readings of 99 days"));
            Assert.That(error, Does.Contain("HourlyDays is 90; judging looks at hours of 518 days"));
            Assert.That(error, Does.Contain("DailyDays is 80, but HourlyDays is 90"));
            Assert.That(error, Does.Contain("BurstDays is 3; a burst counts for 7 days"));
            Assert.That(influx.Error, Does.Contain("Timeline:Retention needs duckdb or an InfluxDB 1.x"));
            Assert.That(nothing.Error, Does.Contain("everything is kept for ever"));
        });
    }

    private static async Task ImportAsync(TemporaryFolder folder, string data, CancellationToken cancel, int meters = 1, Dictionary<string, string>? environment = null)
    {
        var csv = new StringBuilder("timestamp_utc,value_kw\n");
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < Days * 96; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{start.AddMinutes(15 * i):yyyy-MM-ddTHH:mm:ssZ},{Math.Round(40 + (10 * Math.Sin(i / 15.0)) + (i * 7919L % 13), 2)}\n");
        }

        Directory.CreateDirectory(folder.In("recordings"));
        for (var meter = 1; meter <= meters; meter++)
        {
            await File.WriteAllTextAsync(folder.In("recordings", $"m-{meter}.csv"), csv.ToString(), cancel);
        }

        var imported = await DetectorProcess.RunAsync(["import", "--readings", folder.In("recordings"), "--data", data], environment);
        Assert.That(imported.Code, Is.Zero, imported.Error);
    }

    private static async Task<JsonElement> RunAsync(string[] arguments, Dictionary<string, string>? environment = null)
    {
        var (code, output, error) = await DetectorProcess.RunAsync(arguments, environment);
        Assert.That(code, Is.Zero, error);
        return JsonDocument.Parse(output).RootElement;
    }
}
