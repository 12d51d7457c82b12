// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Cases;
using Detector.Cases.Lists;
using Detector.Cases.Measures;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Metering;

namespace Detector.Host.Verbs;

/// <summary><c>cases projects</c> and <c>cases coverage</c>: the lists as known at a moment.</summary>
internal static class CaseLists
{
    public static Command Projects() => List(
        "projects",
        "Every case that is neither refuted nor closed, as known at a moment.",
        ["case", "site", "name", "region", "feeder", "state", "opened", "since", "category", "verdict", "probability", "onset_earliest", "onset_latest", "measures"],
        async (lists, registry, asOf, isIn, listing, cancel) =>
        {
            var rows = (await lists.ProjectsAsync(registry, asOf, cancel)).Where(r => isIn(r.Site)).ToList();
            foreach (var r in rows)
            {
                listing.Add(
                    r.CaseId, r.Site.Site, r.Site.Name, r.Site.Region, r.Site.Feeder, r.State.Name(), r.Opened, r.Since, r.Category.ToString().ToLowerInvariant(), r.Finding.Verdict.Name(), r.Finding.Probability, r.Finding.Onset?.Earliest, r.Finding.Onset?.Latest, string.Join(' ', r.Measures.Select(m => $"{m.Kind.Name()}:{m.State.Name()}")));
            }

            return (ListTables.Of(rows), moment => ListPdf.Of(rows, moment));
        });

    public static Command Coverage() => List(
        "coverage",
        "Every meter registered or judged: its verdict, or why there is none, as known at a moment.",
        ["site", "meter", "name", "region", "feeder", "verdict", "judged", "coverage", "missing"],
        async (lists, registry, asOf, isIn, listing, cancel) =>
        {
            var rows = (await lists.CoverageAsync(registry, asOf, cancel)).Where(r => isIn(r.Site)).ToList();
            foreach (var r in rows)
            {
                listing.Add(
                    r.Site.Site, r.Meter.Value, r.Site.Name, r.Site.Region, r.Site.Feeder, r.Verdict, r.Judged, r.Finding?.Coverage, string.Join(' ', (r.Finding?.Missing ?? []).Select(m => m.Text)));
            }

            return (ListTables.Of(rows), moment => ListPdf.Of(rows, moment));
        });

    private static Command List(
        string name, string description, string[] columns, Func<ListDesk, SiteRegistry, DateTimeOffset?, Func<SitePlace, bool>, Listing, CancellationToken, Task<(ListTable Table, Func<DateTimeOffset, byte[]> Print)>> fill)
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var asOf = new Option<string?>("--as-of") { Description = $"As known then ({Moments.Help}); now by default." };
        var region = new Option<string?>("--region") { Description = "Only sites of this region." };
        var feeder = new Option<string?>("--feeder") { Description = "Only sites of this feeder." };
        var output = new Option<string?>("--out") { Description = "File for the whole list, as the API gives it; its ending, .csv, .xlsx or .pdf, says the format." };
        var command = new Command(name, description) { format, asOf, region, feeder, output };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = common.Load(parsed);
            var moment = Moments.Parse("--as-of", parsed.GetValue(asOf));
            await using var desk = await KeptStores.OpenDeskAsync(settings, cancel);
            var listing = new Listing(columns);
            var (wantedRegion, wantedFeeder) = (parsed.GetValue(region), parsed.GetValue(feeder));
            var (table, print) = await fill(
                new ListDesk(desk), Parts.OpenRegistry(settings).Current, moment, place => Fits(wantedRegion, place.Region) && Fits(wantedFeeder, place.Feeder), listing, cancel);
            if (parsed.GetValue(output) is { } file)
            {
                await WriteAsync(table, () => print(moment ?? TimeProvider.System.GetUtcNow()), file, cancel);
                Console.WriteLine(file);
                return;
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }

    private static async Task WriteAsync(ListTable table, Func<byte[]> print, string file, CancellationToken cancel)
    {
        switch (Path.GetExtension(file).ToLowerInvariant())
        {
            case ".csv":
                await File.WriteAllTextAsync(file, ListCsv.Of(table), cancel);
                break;
            case ".xlsx":
                await using (var output = File.Create(file))
                {
                    await ListXlsx.WriteAsync(table, output, cancel);
                }

                break;
            case ".pdf":
                await File.WriteAllBytesAsync(file, Printed(print), cancel);
                break;
            default:
                throw new UsageException($"--out is '{file}'; it must end in .csv, .xlsx or .pdf.");
        }
    }

    private static byte[] Printed(Func<byte[]> print)
    {
        try
        {
            return print();
        }
        catch (ListTooLongException tooLong)
        {
            throw new UsageException(tooLong.Message);
        }
    }

    private static bool Fits(string? wanted, string? actual) => wanted is null || string.Equals(wanted, actual, StringComparison.OrdinalIgnoreCase);
}
