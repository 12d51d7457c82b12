// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Testing;

namespace Detector.EndToEnd;

/// <summary>The command line keeps the contract: verbs, exit codes, where output goes.</summary>
internal sealed class CommandLineTests
{
    private static readonly string[] Verbs =
        ["demo", "serve", "replay", "import", "export", "score", "simulate", "train", "evaluate", "backtest", "models", "cases", "dead-letters", "quarantine", "registry", "weather", "webhooks", "ledger", "retention", "doctor", "users", "tokens", "clients"];

    [TestCaseSource(nameof(Verbs))]
    public async Task Every_verb_has_help_with_an_example(string verb)
    {
        var (code, output, _) = await DetectorProcess.RunAsync([verb, "--help"]);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            Assert.That(output, Does.Contain($"detector {verb}"));
        });
    }

    [Test]
    public async Task Every_verb_of_a_verb_has_help_with_an_example_of_its_own()
    {
        var lacking = new List<string>();
        foreach (var verb in Verbs)
        {
            var (_, help, _) = await DetectorProcess.RunAsync([verb, "--help"]);
            if (!help.Contains("Commands:", StringComparison.Ordinal))
            {
                continue;
            }

            var parts = help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1)
                .Where(line => line.Length > 2 && line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ')
                .Select(line => line.Trim().Split(' ')[0]).ToList();
            Assert.That(parts, Is.Not.Empty, verb);
            foreach (var part in parts)
            {
                var (code, own, _) = await DetectorProcess.RunAsync([verb, part, "--help"]);
                if (code != 0 || !own[Math.Max(0, own.IndexOf("Examples:", StringComparison.Ordinal))..].Contains($"  detector {verb} {part}", StringComparison.Ordinal))
                {
                    lacking.Add($"{verb} {part}");
                }
            }
        }

        Assert.That(lacking, Is.Empty);
    }

    [TestCase("detector --help", "unheard-of")]
    [TestCase("detector score --help", "score", "--unheard-of")]
    [TestCase("detector users add --help", "users", "add")]
    public async Task Wrong_usage_names_the_help_that_is_meant(string help, params string[] arguments)
    {
        var (code, _, error) = await DetectorProcess.RunAsync(arguments);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.EndWith($"See: {help}\n"));
    }

    [Test]
    public async Task The_overview_says_of_every_verb_a_whole_sentence()
    {
        var (_, output, _) = await DetectorProcess.RunAsync(["--help"]);
        var texts = output.Split("\n\n")[2].Replace("\n" + new string(' ', 16), " ", StringComparison.Ordinal).Split('\n');
        Assert.That(texts, Has.Length.EqualTo(Verbs.Length).And.All.EndsWith("."));
    }

    [Test]
    public async Task The_overview_names_every_verb()
    {
        var (code, output, _) = await DetectorProcess.RunAsync(["--help"]);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero);
            Assert.That(Verbs.Where(v => !output.Contains($"  {v} ", StringComparison.Ordinal)), Is.Empty);
        });
    }

    [TestCase("score")]
    [TestCase("score", "--readings", "/nowhere/at/all")]
    [TestCase("unheard-of")]
    [TestCase("simulate", "--out", "/tmp/never", "--sites", "0")]
    [TestCase("serve", "--http", "not-an-address")]
    [TestCase("serve", "--http", "127.0.0.1")]
    [TestCase("serve", "--http", "18090")]
    [TestCase("serve", "--config", "/nowhere.json")]
    [TestCase("ledger", "--data", "/nowhere/at/all")]
    public async Task Wrong_usage_ends_with_two_and_says_why(params string[] arguments)
    {
        var (code, output, error) = await DetectorProcess.RunAsync(arguments);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(2), error);
            Assert.That(output, Is.Empty);
            Assert.That(error, Is.Not.Empty);
            Assert.That(error, Does.Not.Contain("   at Detector."));
        });
    }

    [Test]
    public async Task The_weather_of_a_simulated_fleet_is_brought_in_and_a_file_with_faults_is_not()
    {
        using var folder = new TemporaryFolder();
        await DetectorProcess.RunAsync(["simulate", "--out", folder.In("fleet"), "--sites", "1", "--days", "2", "--cadence", "1h"]);
        var weather = folder.In("fleet/weather.csv");
        var put = await DetectorProcess.RunAsync(["weather", "put", weather, "--data", folder.In("data"), "--format", "json"]);
        await File.AppendAllTextAsync(weather, "Yunnan,yesterday,12\n");
        var faulty = await DetectorProcess.RunAsync(["weather", "put", weather, "--data", folder.In("data")]);
        var list = await DetectorProcess.RunAsync(["weather", "list", "--data", folder.In("data"), "--format", "json"]);
        var regions = JsonDocument.Parse(list.Output).RootElement.EnumerateArray().Select(r => (r.GetProperty("region").GetString(), r.GetProperty("hours").GetInt32())).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(JsonDocument.Parse(put.Output).RootElement.GetArrayLength(), Is.EqualTo(7));
            Assert.That(faulty.Code, Is.EqualTo(2));
            Assert.That(faulty.Error, Does.Contain("line 338, column timestamp_utc"));
            Assert.That(regions, Has.Count.EqualTo(7).And.Member(("Yunnan", 48)));
        });
    }

    [Test]
    public async Task A_misspelt_key_and_values_out_of_range_are_all_named_at_once()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("typo.json"), """{ "Relay": { "BatchBites": 5 } }""");
        await File.WriteAllTextAsync(folder.In("range.json"), """{ "Relay": { "BatchBytes": 5 }, "Watch": { "Workers": 0 } }""");
        var typo = await DetectorProcess.RunAsync(["doctor", "--config", folder.In("typo.json"), "--data", folder.Path]);
        var range = await DetectorProcess.RunAsync(["doctor", "--config", folder.In("range.json"), "--data", folder.Path]);
        Assert.Multiple(() =>
        {
            Assert.That(typo.Code, Is.EqualTo(2));
            Assert.That(typo.Error, Does.Contain("There is no setting Relay:BatchBites; is BatchBytes meant?"));
            Assert.That(range.Code, Is.EqualTo(2));
            Assert.That(range.Error, Does.Contain("Relay:BatchBytes").And.Contain("Watch:Workers"));
        });
    }

    [Test]
    public async Task Broken_json_is_named_by_file_and_line()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("broken.json"), "{\n  \"Relay\": {\n    \"BatchBytes\": 5000,,\n  }\n}\n");
        var (code, _, error) = await DetectorProcess.RunAsync(["doctor", "--config", folder.In("broken.json"), "--data", folder.Path]);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("broken.json, line 3: it is not JSON").And.Not.Contain("LineNumber"));
    }

    [Test]
    public async Task What_stops_a_start_is_one_sentence_with_the_setting_and_the_remedy()
    {
        using var folder = new TemporaryFolder();
        var (http, mqtt) = (ServerProcess.FreePort(), ServerProcess.FreePort());
        await using var first = await DetectorProcess.ServeAsync(folder.In("a"), http, mqtt);
        var (freeHttp, freeMqtt) = ($"localhost:{ServerProcess.FreePort()}", $"localhost:{ServerProcess.FreePort()}");
        var same = await DetectorProcess.RunAsync(["serve", "--data", folder.In("a"), "--http", freeHttp, "--mqtt", freeMqtt]);
        var takenHttp = await DetectorProcess.RunAsync(["serve", "--data", folder.In("b"), "--http", $"localhost:{http}", "--mqtt", freeMqtt]);
        var takenMqtt = await DetectorProcess.RunAsync(["serve", "--data", folder.In("c"), "--http", freeHttp, "--mqtt", $"localhost:{mqtt}"]);
        Assert.Multiple(() =>
        {
            Assert.That((same.Code, takenHttp.Code, takenMqtt.Code), Is.EqualTo((2, 1, 1)));
            Assert.That(same.Error, Does.StartWith($"A service runs on {folder.In("a")}; stop it first"));
            Assert.That(takenHttp.Error, Does.Contain($"Http:Listen (--http) is localhost:{http}, which another program has"));
            Assert.That(takenMqtt.Error, Does.Contain($"Mqtt:Listen (--mqtt) is localhost:{mqtt}"));
            Assert.That(same.Error + takenHttp.Error + takenMqtt.Error, Does.Not.Contain("   at "));
        });
    }

    [Test]
    public async Task A_fleet_is_not_mixed_with_another_and_has_the_digits_of_its_meters()
    {
        using var folder = new TemporaryFolder();
        Task<(int Code, string Output, string Error)> SimulateAsync(params string[] more) =>
            DetectorProcess.RunAsync(["simulate", "--out", folder.In("fleet"), "--days", "3", "--cadence", "1h", .. more]);
        await SimulateAsync("--sites", "12");
        var refused = await SimulateAsync("--sites", "2");
        var before = Directory.GetFiles(folder.In("fleet", "readings")).Length;
        var forced = await SimulateAsync("--sites", "9", "--force");
        var files = Directory.GetFiles(folder.In("fleet", "readings"));
        var longest = files.SelectMany(Lines).Skip(1).Max(line => line.Length - line.IndexOf(',', StringComparison.Ordinal) - 1);
        Assert.Multiple(() =>
        {
            Assert.That((refused.Code, forced.Code, before, files.Length), Is.EqualTo((2, 0, 12, 9)));
            Assert.That(refused.Error, Does.Contain("--force"));
            Assert.That(longest, Is.LessThan(15), "no digits beyond the meter's step");
        });

        static List<string> Lines(string path)
        {
            using var reader = new StreamReader(new System.IO.Compression.GZipStream(File.OpenRead(path), System.IO.Compression.CompressionMode.Decompress));
            return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }
    }

    [Test]
    public async Task A_bad_row_is_named_by_file_and_line()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("m-1.csv"), "timestamp_utc,value_kw\n2026-01-01T00:00:00Z,1\n2026-01-01T00:15:00Z,many\n");
        var (code, _, error) = await DetectorProcess.RunAsync(["score", "--readings", folder.Path]);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(error, Does.Contain("m-1.csv").And.Contain("3"));
        });
    }

    [Test]
    public async Task A_bad_row_of_the_sites_file_is_a_usage_error()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("m-1.csv"), "timestamp_utc,value_kw\n2026-01-01T00:00:00Z,1\n");
        await File.WriteAllTextAsync(folder.In("sites.txt"), "meter\na+b\n");
        var (code, _, error) = await DetectorProcess.RunAsync(["score", "--readings", folder.In("m-1.csv"), "--sites", folder.In("sites.txt")]);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(error, Does.Contain("sites.txt").And.Contain("line 2"));
        });
    }

    [Test]
    public async Task A_server_that_cannot_be_reached_ends_with_three()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("m-1.csv"), "timestamp_utc,value_kw\n2026-01-01T00:00:00Z,1\n");
        var port = ServerProcess.FreePort();
        var replay = await DetectorProcess.RunAsync(["replay", "--readings", folder.In("m-1.csv"), "--mqtt", $"mqtt://127.0.0.1:{port}"]);
        var doctor = await DetectorProcess.RunAsync(
            ["doctor", "--data", folder.Path],
            new Dictionary<string, string> { ["DETECTOR__Timeline__Kind"] = "influx", ["DETECTOR__Timeline__Influx__Url"] = $"http://127.0.0.1:{port}", ["DETECTOR__Timeline__Influx__Database"] = "d" });
        Assert.Multiple(() =>
        {
            Assert.That(replay.Code, Is.EqualTo(3), replay.Error);
            Assert.That(doctor.Code, Is.EqualTo(3), doctor.Error);
        });
    }

    [TestCase("cases", "list")]
    [TestCase("cases", "show", "c-1")]
    [TestCase("cases", "export")]
    [TestCase("cases", "dossier", "c-1")]
    [TestCase("cases", "order", "c-1")]
    [TestCase("cases", "attachments", "c-1")]
    [TestCase("cases", "verify")]
    [TestCase("cases", "anchor")]
    [TestCase("cases", "backup", "/nowhere/at/all")]
    [TestCase("cases", "projects")]
    [TestCase("cases", "coverage")]
    [TestCase("users", "list")]
    [TestCase("users", "end", "wang.li")]
    [TestCase("tokens", "list")]
    [TestCase("tokens", "revoke", "3")]
    [TestCase("clients", "list")]
    [TestCase("registry", "list")]
    [TestCase("registry", "versions")]
    [TestCase("weather", "list")]
    [TestCase("webhooks", "list")]
    [TestCase("dead-letters", "list")]
    [TestCase("dead-letters", "replay")]
    [TestCase("quarantine", "list")]
    [TestCase("quarantine", "release")]
    [TestCase("ledger")]
    [TestCase("retention", "plan")]
    [TestCase("export", "--out", "never.parquet")]
    public async Task A_mistyped_data_folder_is_refused_and_not_made(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        var mistyped = folder.In("dtaa");
        var (code, output, error) = await DetectorProcess.RunAsync([.. arguments, "--data", mistyped]);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(2), error);
            Assert.That(output, Is.Empty);
            Assert.That(error, Does.Contain(mistyped).And.Contain("--data"));
            Assert.That(Directory.Exists(mistyped), Is.False);
        });
    }

    [Test]
    public async Task A_dead_letter_that_is_not_there_is_not_replayed()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("m-1.csv"), "timestamp_utc,value_kw\n2026-01-01T00:00:00Z,12\n");
        await DetectorProcess.RunAsync(["import", "--readings", folder.In("m-1.csv"), "--data", folder.In("data")]);
        var unknown = await DetectorProcess.RunAsync(["dead-letters", "replay", "999", "--data", folder.In("data")]);
        var all = await DetectorProcess.RunAsync(["dead-letters", "replay", "--data", folder.In("data")]);
        Assert.Multiple(() =>
        {
            Assert.That((unknown.Code, all.Code), Is.EqualTo((2, 0)));
            Assert.That(unknown.Error, Does.Contain("999").And.Contain("detector dead-letters list"));
        });
    }

    [Test]
    public async Task A_token_is_printed_and_nothing_else()
    {
        using var data = new TemporaryFolder();
        var user = await DetectorProcess.RunAsync(["users", "add", "wang.li", "--role", "operator", "--data", data.Path]);
        var token = await DetectorProcess.RunAsync(["tokens", "create", "wang.li", "--data", data.Path]);
        Assert.Multiple(() =>
        {
            Assert.That(user.Code, Is.Zero, user.Error);
            Assert.That(token.Code, Is.Zero, token.Error);
            Assert.That(token.Output.Trim(), Does.Match("^det_[A-Za-z0-9_-]{40,}$"));
        });
    }

    [Test]
    public async Task A_user_s_role_and_limits_are_changed_and_their_access_ended()
    {
        using var data = new TemporaryFolder();
        Task<(int Code, string Output, string Error)> UsersAsync(params string[] arguments) => DetectorProcess.RunAsync(["users", .. arguments, "--data", data.Path]);
        await UsersAsync("add", "zhao.min", "--role", "operator", "--region", "Hainan");
        var changed = await UsersAsync("change", "zhao.min", "--role", "supervisor");
        var listed = JsonDocument.Parse((await UsersAsync("list", "--format", "json")).Output).RootElement[0];
        var freed = await UsersAsync("change", "zhao.min", "--everywhere");
        var contrary = await UsersAsync("change", "zhao.min", "--everywhere", "--region", "Hainan");
        var nothing = await UsersAsync("change", "zhao.min");
        var ended = await UsersAsync("end", "zhao.min");
        var late = await DetectorProcess.RunAsync(["tokens", "create", "zhao.min", "--data", data.Path]);
        var after = JsonDocument.Parse((await UsersAsync("list", "--format", "json")).Output).RootElement[0];
        Assert.Multiple(() =>
        {
            Assert.That((changed.Code, listed.GetProperty("role").GetString(), listed.GetProperty("regions").GetString()), Is.EqualTo((0, "supervisor", "Hainan")));
            Assert.That((freed.Code, after.GetProperty("regions").GetString(), after.GetProperty("role").GetString()), Is.EqualTo((0, string.Empty, "supervisor")));
            Assert.That((contrary.Code, nothing.Code, ended.Code, late.Code), Is.EqualTo((2, 2, 0, 2)));
            Assert.That(contrary.Error, Does.Contain("--everywhere"));
            Assert.That(after.GetProperty("ended").GetString(), Is.Not.Empty);
        });
    }

    [Test]
    public async Task Quarantine_is_listed_and_let_go_once_the_setting_is_changed()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.In("m-1.csv"), "timestamp_utc,value_kw\n2026-01-01T00:00:00Z,12\n2026-01-01T00:15:00Z,20000000\n");
        await DetectorProcess.RunAsync(["import", "--readings", folder.In("m-1.csv"), "--data", folder.In("data")]);
        var higher = new Dictionary<string, string> { ["DETECTOR__Validation__MaxPowerKilowatts"] = "1e9" };
        var listed = await DetectorProcess.RunAsync(["quarantine", "list", "--format", "json", "--data", folder.In("data")]);
        var held = await DetectorProcess.RunAsync(["quarantine", "release", "--format", "json", "--data", folder.In("data")]);
        var released = await DetectorProcess.RunAsync(["quarantine", "release", "--rule", "implausible_magnitude", "--meter", "m-1", "--format", "json", "--data", folder.In("data")], higher);
        var again = await DetectorProcess.RunAsync(["quarantine", "release", "1", "7", "--data", folder.In("data")], higher);
        var ledger = await DetectorProcess.RunAsync(["ledger", "--verify", "--format", "json", "--data", folder.In("data")]);
        var nothing = await DetectorProcess.RunAsync(["quarantine", "list", "--data", folder.In("elsewhere")]);
        var row = JsonDocument.Parse(listed.Output).RootElement[0];
        Assert.Multiple(() =>
        {
            Assert.That((row.GetProperty("meter").GetString(), row.GetProperty("rule").GetString(), row.GetProperty("kw").GetDouble()), Is.EqualTo(("m-1", "implausible_magnitude", 2e7)));
            Assert.That((again.Code, again.Error), Is.EqualTo((2, $"There is no reading 1, 7 in quarantine; see what there is with: detector quarantine list{Environment.NewLine}")));
            Assert.That((held.Code, JsonDocument.Parse(held.Output).RootElement[0].GetProperty("still_held").GetInt64()), Is.EqualTo((1, 1L)));
            Assert.That((released.Code, JsonDocument.Parse(released.Output).RootElement[0].GetProperty("released").GetInt64()), Is.EqualTo((0, 1L)), released.Error);
            Assert.That((ledger.Code, JsonDocument.Parse(ledger.Output).RootElement[0].GetProperty("stored").GetInt64()), Is.EqualTo((0, 2L)), ledger.Error);
            Assert.That(nothing.Code, Is.EqualTo(2));
            Assert.That(nothing.Error, Does.Contain("--data"));
        });
    }

    [Test]
    public async Task Import_stores_history_once_and_the_account_can_be_verified()
    {
        using var folder = new TemporaryFolder();
        await DetectorProcess.RunAsync(["simulate", "--out", folder.In("fleet"), "--sites", "3", "--days", "30"]);
        var first = await DetectorProcess.RunAsync(["import", "--readings", folder.In("fleet", "readings"), "--sites", folder.In("fleet", "sites.csv"), "--data", folder.In("data")]);
        var again = await DetectorProcess.RunAsync(["import", "--readings", folder.In("fleet", "readings"), "--data", folder.In("data")]);
        var ledger = await DetectorProcess.RunAsync(["ledger", "--data", folder.In("data"), "--verify", "--format", "json"]);
        using var before = JsonDocument.Parse(first.Output);
        using var after = JsonDocument.Parse(again.Output);
        var stored = before.RootElement[0].GetProperty("stored").GetInt64();
        Assert.Multiple(() =>
        {
            Assert.That(stored, Is.GreaterThan(5000));
            Assert.That(after.RootElement[0].GetProperty("stored").GetInt64(), Is.EqualTo(stored));
            Assert.That(after.RootElement[0].GetProperty("duplicate").GetInt64(), Is.GreaterThanOrEqualTo(stored));
            Assert.That(ledger.Code, Is.Zero, ledger.Error);
        });
    }

    [Test]
    public async Task A_sample_payload_shows_what_the_mapping_makes_of_it()
    {
        using var data = new TemporaryFolder();
        var good = await DetectorProcess.RunAsync(["doctor", "--data", data.Path, "--format", "table", "--sample", "meters/m-1", """{"ts":"2026-01-01T00:00:00Z","w":1500}"""]);
        var bad = await DetectorProcess.RunAsync(["doctor", "--data", data.Path, "--format", "table", "--sample", "meters/m-1", "{"]);
        Assert.Multiple(() =>
        {
            Assert.That(good.Code, Is.Zero, good.Error);
            Assert.That(good.Output, Does.Contain("1.5"));
            Assert.That(good.Error, Does.Contain("takes it: mapping 0 'meters/{meter}' (json): every level fits"));
            Assert.That(bad.Code, Is.EqualTo(1));
            Assert.That(bad.Error, Does.Contain("dead letters"));
        });
    }

    [Test]
    public async Task A_sample_of_bytes_is_read_from_a_file_and_reported_as_json()
    {
        using var data = new TemporaryFolder();
        var file = data.In("payload.bin");
        await File.WriteAllBytesAsync(file, [0x28, 0xB5, 0x2F, 0xFD, 0x00]);
        var report = await DetectorProcess.RunAsync(["doctor", "--data", data.Path, "--format", "json", "--sample", "meters/m-1", "@" + file]);
        using var json = JsonDocument.Parse(report.Output);
        Assert.Multiple(() =>
        {
            Assert.That(report.Code, Is.EqualTo(1), report.Error);
            Assert.That(json.RootElement.GetProperty("outcome").GetString(), Is.EqualTo("rejected"));
            Assert.That(json.RootElement.GetProperty("mapping").GetProperty("codec").GetString(), Is.EqualTo("json"));
            Assert.That(json.RootElement.GetProperty("rejection").GetProperty("kind").GetString(), Is.EqualTo("truncated"));
            Assert.That(json.RootElement.GetProperty("rejection").GetProperty("at_byte").GetInt32(), Is.EqualTo(5));
        });
    }

    [TestCaseSource(nameof(SamplesOfMappings))]
    public async Task The_sample_of_mappings_reads_each_makers_payload(string topic, string payload, string expected)
    {
        using var data = new TemporaryFolder();
        var config = Path.Combine(Requires.Repository(), "samples", "config", "mappings.json");
        var report = await DetectorProcess.RunAsync(["doctor", "--config", config, "--data", data.Path, "--format", "csv", "--sample", topic, payload]);
        Assert.That(report.Code, Is.Zero, report.Error);
        Assert.That(report.Output.Split('\n')[1], Is.EqualTo(expected));
    }

    [TestCase("measures.json")]
    [TestCase("webhooks.json")]
    public async Task A_sample_configuration_is_taken_whole(string sample)
    {
        using var data = new TemporaryFolder();
        var config = Path.Combine(Requires.Repository(), "samples", "config", sample);
        var report = await DetectorProcess.RunAsync(["users", "add", "wang.li", "--role", "auditor", "--config", config, "--data", data.Path]);
        Assert.That(report.Code, Is.Zero, report.Error);
    }

    private static object[][] SamplesOfMappings() =>
    [
        ["meters/m-1", """{"ts":"2026-01-01T00:00:00Z","kw":12.34}""", "m-1,2026-01-01T00:00:00Z,instantaneous,0,12.34,,,,,,"],
        ["tele/plug-7/SENSOR", """{"Time":"2026-01-01T10:00:00","ENERGY":{"Total":5.5,"Power":20}}""", "plug-7,2026-01-01T02:00:00Z,instantaneous,0,0.02,5.5,,,,,"],
        ["hall-3/events/rpc", """{"method":"NotifyStatus","params":{"ts":1767225600,"em:0":{"total_act_power":715.5}}}""", "hall-3,2026-01-01T00:00:00Z,instantaneous,0,0.7155,,,,,,"],
        ["site/hall-1/P_avg15", """{"ts":"2026-01-01T00:00:00Z","value":250}""", "hall-1,2026-01-01T00:00:00Z,interval_mean,900,10,,,,,,"],
        ["site/hall-1/E", """{"ts":"2026-01-01T00:00:00Z","value":4711.5}""", "hall-1,2026-01-01T00:00:00Z,register,0,,4711.5,,,,,"],
        ["gateway/g-1", """{"dev":{"id":"m-9"},"at":"2026-01-01T00:00:00Z","data":[{"u":{"l1":230},"p":{"sum":1500}}]}""", "m-9,2026-01-01T00:00:00Z,instantaneous,0,1.5,,,,230,,"],
        ["export/plant-2", "01.07.2026 08:00;0,75", "plant-2,2026-07-01T06:00:00Z,interval_mean,900,750,,,,,,"],
    ];
}
