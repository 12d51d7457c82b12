// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Metering;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Host.Verbs;

/// <summary><c>registry</c>: the register of meters and sites, looked at and replaced.</summary>
internal static class RegistryVerb
{
    public static Command Build() => new("registry", """
        The register of meters and sites: a CSV file with a row a meter, or one for each time in which something else held of it.
        A running service takes a new one within seconds.

        Examples:
          detector registry list --data data
          detector registry put sites.csv --data data --try
          detector registry put sites.csv --data data
          detector registry versions --data data
        """)
    {
        List(),
        Put(),
        Versions(),
    };

    private static Command List()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var asOf = new Option<string?>("--as-of") { Description = $"The row of each meter in service then ({Moments.Help}); without it rows of all times." };
        var command = new Command("list", "Lists the register.") { format, asOf };
        common.AddTo(command, listens: false);
        command.SetAction(parsed =>
        {
            var register = KeptStores.OpenRegistry(common.Load(parsed)).Current;
            var rows = Moments.Parse("--as-of", parsed.GetValue(asOf)) is { } moment ? register.At(moment).Meters : register.Rows;
            var listing = new Listing("meter", "site", "name", "declared_use", "contracted_kw", "feeder", "parent_meter", "owner", "region", "timezone", "valid_from", "valid_to");
            foreach (var row in rows.OrderBy(r => r.Meter.Value, StringComparer.Ordinal).ThenBy(r => r.Valid.From))
            {
                listing.Add(
                    row.Meter.Value, row.Site, row.Name, row.DeclaredUse.Name(), row.ContractedKilowatts, row.Feeder, row.ParentMeter?.Value, row.Owner, row.Region, row.TimeZone, row.ValidFrom, row.ValidTo);
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }

    private static Command Put()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var file = new Argument<string>("FILE") { Description = "The sites file." };
        var tryOnly = new Option<bool>("--try") { Description = "Only say what would change." };
        var command = new Command("put", "Puts a register in force, whole, and says what it changes. One with faults changes nothing.") { file, tryOnly, format };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = common.Load(parsed);
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path))
            {
                throw new UsageException($"There is no file '{path}'.");
            }

            using var register = Parts.OpenRegisterFile(settings, Parts.OpenRegistry(settings), NullLoggerFactory.Instance);
            await using var csv = File.OpenRead(path);
            var answer = await register.PutAsync(csv, Environment.UserName, expected: null, parsed.GetValue(tryOnly), cancel);
            if (answer.Change is not { } change)
            {
                throw new UsageException($"{path}: {string.Join(Environment.NewLine + "  ", answer.Faults)}");
            }

            var listing = new Listing("meter", "change", "before", "after");
            foreach (var meter in change.Meters)
            {
                listing.Add(meter.Meter.Value, meter.Change, string.Join(' ', meter.Before), string.Join(' ', meter.After));
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
            await Console.Error.WriteLineAsync(
                FormattableString.Invariant($"{change.Added} added, {change.Removed} removed, {change.Moved} moved, {change.Changed} changed{(parsed.GetValue(tryOnly) ? "; nothing was put in force" : string.Empty)}.").AsMemory(), cancel);
        });
        return command;
    }

    private static Command Versions()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var command = new Command("versions", "Lists every register that was in force, oldest first.") { format };
        common.AddTo(command, listens: false);
        command.SetAction(parsed =>
        {
            var settings = common.Load(parsed);
            using var register = Parts.OpenRegisterFile(settings, KeptStores.OpenRegistry(settings), NullLoggerFactory.Instance);
            var listing = new Listing("at", "by", "meters", "rows", "sha256", "file");
            foreach (var version in register.Versions)
            {
                listing.Add(version.At, version.By, version.Meters, version.Rows, version.Sha256, version.File);
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }
}
