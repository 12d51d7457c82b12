// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Text.Json;
using Detector.Cases;
using Detector.Cases.Inspections;
using Detector.Host.Hosting;
using Detector.Metering;

namespace Detector.Host.Verbs;

/// <summary><c>cases order</c>: the order of an inspection, for the crew to take along.</summary>
internal static class CaseOrder
{
    public static Command Build()
    {
        var common = new CommonOptions();
        var id = new Argument<string>("ID") { Description = "The case's id." };
        var file = new Option<string?>("--out") { Description = "File to write it to; standard output where none is named." };
        var command = new Command("order", "Writes the order of the inspection that a case waits for: sites, meters, reasons, and the report to fill in.") { id, file };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = common.Load(parsed);
            await using var desk = await KeptStores.OpenDeskAsync(settings, cancel);
            var caseId = parsed.GetValue(id)!;
            var json = await new InspectionDesk(desk).OrderAsync(caseId, Parts.OpenRegistry(settings).Current, cancel) switch
            {
                (null, _) => throw new UsageException($"There is no case {caseId}."),
                (_, { } order) => JsonSerializer.Serialize(order, FindingJson.Indented),
                ({ } state, null) => throw new UsageException($"No inspection of {caseId} is ordered: it is {state.Name()}. Order one by start-inspection."),
            };
            if (parsed.GetValue(file) is { } to)
            {
                await File.WriteAllTextAsync(to, json + Environment.NewLine, cancel);
            }
            else
            {
                Console.WriteLine(json);
            }
        });
        return command;
    }
}
