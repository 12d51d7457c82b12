// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Text.Json;
using Detector.Cases;
using Detector.Cases.Dossier;
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
          detector cases dossier c-12 --out c-12.zip --data data
          detector cases verify c-12.zip
        """)
    {
        List("list", "Lists cases."),
        Show(),
        List("export", "Writes every case, as list does; CSV or JSON."),
        Dossier(),
        Verify(),
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
            await using var desk = await Parts.OpenDeskAsync(common.Load(parsed), cancel);
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
            await using var desk = await Parts.OpenDeskAsync(common.Load(parsed), cancel);
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
            await using var desk = await Parts.OpenDeskAsync(common.Load(parsed), cancel);
            var path = parsed.GetValue(output) ?? parsed.GetValue(id) + ".zip";
            await Parts.WriteDossierAsync(desk, parsed.GetValue(id)!, path, cancel);
            Console.WriteLine(path);
        });
        return command;
    }

    private static Command Verify()
    {
        var file = new Argument<string>("FILE") { Description = "A dossier." };
        var command = new Command("verify", "Checks a dossier offline and names the first thing that does not match.") { file };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path))
            {
                throw new UsageException($"There is no file {path}.");
            }

            var state = DossierVerifier.Verify(path);
            Console.WriteLine(state.Intact ? $"{path}: intact, case {state.CaseId}, {state.Entries} entries" : $"{path}: {state.FirstFault}");
            return state.Intact ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
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
