// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Text.Json;
using Detector.Cases;
using Detector.Cases.Audit;
using Detector.Cases.Dossier;
using Detector.Cases.Stores;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Metering;

namespace Detector.Host.Verbs;

/// <summary><c>cases</c>: list, show, export, make and verify dossiers.</summary>
internal static class CasesVerb
{
    public static Command Build() => new("cases", """
        Cases, from the data folder, whether a service runs or not.

        Examples:
          detector cases list --data data
          detector cases show c-12 --data data
          detector cases export --format csv --data data
          detector cases dossier c-12 --out c-12.zip --data data
          detector cases order c-12 --out order.json --data data
          detector cases attachments c-12 --out files --data data
          detector cases verify c-12.zip --public-key public.pem
          detector cases anchor --data data > anchor.json
          detector cases verify --data data --anchor anchor.json
          detector cases projects --as-of 2026-01-31T00:00:00Z --format csv --data data
          detector cases coverage --region Hainan --out coverage.xlsx --data data
          detector cases backup cases.backup --data data
          detector cases restore cases.backup --config postgres.json
        """)
    {
        List("list", "Lists cases."),
        Show(),
        List("export", "Writes every case, as list does; CSV or JSON."),
        Dossier(),
        CaseOrder.Build(),
        CaseFiles.Build(),
        Verify(),
        Anchor(),
        CaseLists.Projects(),
        CaseLists.Coverage(),
        BackUp(),
        Restore(),
    };

    private static Command List(string name, string description)
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var state = new Option<string?>("--state") { Description = "Only cases in this state." };
        var command = new Command(name, description) { format, state };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var desk = await KeptStores.OpenDeskAsync(common.Load(parsed), cancel);
            var listing = new Listing("id", "site", "meter", "state", "opened", "evidence_version", "verdict", "probability", "share", "because");
            var filter = new CaseFilter { States = StatesOf(parsed.GetValue(state)), Limit = CaseFilter.MostRows };
            while (await desk.ListAsync(filter, cancel) is { Count: > 0 } page)
            {
                foreach (var c in page)
                {
                    listing.Add(c.Id, c.Site, c.Meter.Value, c.State.Name(), c.Opened, c.EvidenceVersion, c.Verdict.Name(), c.Probability, c.Share?.Likely, c.Reasons.FirstOrDefault()?.Text);
                }

                filter = filter with { After = page[^1].Id };
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }

    private static Command Show()
    {
        var common = new CommonOptions();
        var id = new Argument<string>("ID") { Description = "The case's id." };
        var command = new Command("show", "Shows one case whole, as JSON.") { id };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var desk = await KeptStores.OpenDeskAsync(common.Load(parsed), cancel);
            var found = await desk.GetAsync(parsed.GetValue(id)!, cancel) ?? throw new UsageException($"There is no case {parsed.GetValue(id)}.");
            Console.WriteLine(JsonSerializer.Serialize(found, FindingJson.Indented));
        });
        return command;
    }

    private static Command Dossier()
    {
        var common = new CommonOptions();
        var id = new Argument<string>("ID") { Description = "The case's id." };
        var output = new Option<string?>("--out") { Description = "File to write; ID.zip by default." };
        var command = new Command("dossier", "Writes the evidence file of a case: the same bytes whenever it is remade from the same state.") { id, output };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            var path = parsed.GetValue(output) ?? parsed.GetValue(id) + ".zip";
            var without = await Parts.WriteDossierAsync(common.Load(parsed), parsed.GetValue(id)!, path, cancel);
            Console.WriteLine(path);
            if (without is null)
            {
                return ExitCode.Done;
            }

            await Console.Error.WriteLineAsync(without);
            return ExitCode.Failed; // who hands it to a court must not take it for the whole
        });
        return command;
    }

    private static Command Verify()
    {
        var common = new CommonOptions();
        var file = new Argument<string?>("FILE") { Description = "A dossier, checked offline; without one the audit chain of the data folder is checked.", Arity = ArgumentArity.ZeroOrOne };
        var anchor = new Option<string?>("--anchor") { Description = "A file written by 'cases anchor' that the chain must still contain." };
        var key = new Option<string?>("--public-key") { Description = "A file with the RSA key in PEM that the dossier must be signed with." };
        var command = new Command("verify", "Checks a dossier offline, or the audit chain, and names the first thing that does not match.") { file, anchor, key };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            if (parsed.GetValue(file) is not { } path)
            {
                return await VerifyChainAsync(common.Load(parsed), parsed.GetValue(anchor), cancel);
            }

            if (!File.Exists(path))
            {
                throw new UsageException($"There is no file {path}.");
            }

            var state = DossierVerifier.Verify(path, parsed.GetValue(key));
            var signature = state.Signature switch
            {
                SignatureState.Valid => "signed by the key given",
                SignatureState.Unchecked => "signed, by whom was not checked: give --public-key",
                _ => "not signed",
            };
            Console.WriteLine(state.Intact ? $"{path}: intact, case {state.CaseId}, {state.Entries} entries, {signature}" : $"{path}: {state.FirstFault}");
            return state.Intact ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<int> VerifyChainAsync(Configuration.Settings settings, string? anchorFile, CancellationToken cancel)
    {
        var anchor = anchorFile is null ? null : ReadAnchor(anchorFile);
        await using var desk = await KeptStores.OpenDeskAsync(settings, cancel);
        var state = await desk.VerifyAuditAsync(anchor, cancel);
        Console.WriteLine(state.FirstFault is { } fault ? $"broken at {fault.Sequence}: {fault.Text}" : $"intact, {state.Rows} links, head {state.Head?.Hash ?? "none"}");
        return state.Intact ? ExitCode.Done : ExitCode.Failed;
    }

    private static AuditAnchor ReadAnchor(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditAnchor>(File.ReadAllText(file), FindingJson.Options) is { Sequence: > 0, Hash.Length: 64 } anchor
                ? anchor
                : throw new UsageException($"{file} is no anchor: write one with 'detector cases anchor'.");
        }
        catch (JsonException)
        {
            throw new UsageException($"{file} is no anchor: write one with 'detector cases anchor'.");
        }
    }

    private static Command Anchor()
    {
        var common = new CommonOptions();
        var command = new Command("anchor", "Writes the newest link of the audit chain as JSON, to be kept elsewhere. The chain is verified first.");
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var desk = await KeptStores.OpenDeskAsync(common.Load(parsed), cancel);
            var state = await desk.VerifyAuditAsync(null, cancel);
            if (state.FirstFault is { } fault)
            {
                await Console.Error.WriteLineAsync($"broken at {fault.Sequence}: {fault.Text}");
                return ExitCode.Failed;
            }

            Console.WriteLine(JsonSerializer.Serialize(state.Head, FindingJson.Options));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command BackUp()
    {
        var common = new CommonOptions();
        var file = new Argument<string>("FILE") { Description = "File to write; it must not exist." };
        var command = new Command("backup", "Copies every case, verdict, event and link into one file, whatever the store is, and verifies the copy. The service may run.") { file };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var desk = await KeptStores.OpenDeskAsync(common.Load(parsed), cancel);
            return Tell(parsed.GetValue(file)!, await Backup.SaveAsync(desk, parsed.GetValue(file)!, cancel));
        });
        return command;
    }

    private static Command Restore()
    {
        var common = new CommonOptions();
        var file = new Argument<string>("FILE") { Description = "A file written by 'cases backup'." };
        var command = new Command("restore", "Copies a backup into the empty store that the configuration names, and verifies it there. So cases move from SQLite to PostgreSQL too.") { file };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            await using var desk = await Parts.OpenDeskAsync(common.Load(parsed), cancel);
            return Tell(parsed.GetValue(file)!, await Backup.RestoreAsync(desk, parsed.GetValue(file)!, cancel));
        });
        return command;
    }

    private static int Tell(string file, CopyState state)
    {
        Console.WriteLine(state.Audit.FirstFault is { } fault ? $"{file}: broken at {fault.Sequence}: {fault.Text}" : $"{file}: {state.Cases} cases, {state.Links} links, intact");
        return state.Audit.Intact ? ExitCode.Done : ExitCode.Failed;
    }

    private static CaseState[] StatesOf(string? name)
    {
        if (name is null)
        {
            return [];
        }

        return CaseStateNames.TryParse(name, out var state)
            ? [state]
            : throw new UsageException($"--state is '{name}'; the states are {string.Join(", ", CaseStateNames.All.Select(s => s.Name()))}.");
    }
}
