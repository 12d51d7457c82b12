// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;
using Detector.Recordings.Csv;

namespace Detector.Recordings;

/// <summary>The sites file: one row a meter, or one for each time in which something else held of it; only <c>meter</c> is required, unknown columns are passed over.</summary>
public static class SitesFile
{
    /// <summary>The contract's columns, in its order.</summary>
    public const string Header = "meter,site,name,declared_use,contracted_kw,feeder,parent_meter,owner,region,timezone,commissioned";

    /// <summary>Columns for when a row holds, after those of the contract; written where some row has a time.</summary>
    public const string ValidityHeader = "valid_from,valid_to";

    /// <summary>Reads a file.</summary>
    /// <exception cref="TableFileException">It has faults; all are named, with line and column.</exception>
    public static IReadOnlyList<MeterRegistration> Read(string path)
    {
        var table = new Table(path, ["meter"]);
        var rows = new List<MeterRegistration>();
        var linesOf = new Dictionary<MeterId, List<(TimeRange Valid, long Line)>>();
        while (table.Next())
        {
            if (!MeterId.TryOf(table["meter"], out var meter))
            {
                table.Fault("meter", $"'{table["meter"]}' is not a meter name: {MeterId.Fault(table["meter"])}.");
                continue;
            }

            var row = RowOf(table, meter);
            if (row.Valid.Length <= TimeSpan.Zero)
            {
                table.Fault("valid_to", "it must be later than valid_from.");
                continue;
            }

            var others = linesOf.TryGetValue(meter, out var lines) ? lines : linesOf[meter] = [];
            if (others.Find(o => o.Valid.Overlaps(row.Valid)) is { Line: > 0 } other)
            {
                table.Fault("meter", $"{meter} is already on line {other.Line}; keep one of them, or let one end (valid_to) before the other begins (valid_from).");
                continue;
            }

            others.Add((row.Valid, table.Line));
            rows.Add(row);
        }

        table.ThrowIfFaulty();
        return rows;
    }

    /// <summary>Writes a file with every column.</summary>
    public static void Write(string path, IEnumerable<MeterRegistration> rows)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false));
        Write(writer, rows);
    }

    /// <summary>Writes the lines of a file with every column.</summary>
    public static void Write(TextWriter writer, IEnumerable<MeterRegistration> rows)
    {
        ArgumentNullException.ThrowIfNull(writer);
        MeterRegistration[] all = [.. rows];
        var dated = all.Any(row => row.ValidFrom is not null || row.ValidTo is not null);
        writer.NewLine = "\n";
        writer.WriteLine(dated ? $"{Header},{ValidityHeader}" : Header);
        foreach (var row in all)
        {
            string[] fields =
            [
                row.Meter.Value, row.Site, row.Name, row.DeclaredUse.Name(), row.ContractedKilowatts?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty,
                row.Feeder ?? string.Empty, row.ParentMeter?.Value ?? string.Empty, row.Owner ?? string.Empty, row.Region ?? string.Empty, row.TimeZone,
                Moments.Text(row.Commissioned),
                .. dated ? new[] { Moments.Text(row.ValidFrom), Moments.Text(row.ValidTo) } : [],
            ];
            writer.WriteLine(string.Join(',', fields.Select(CsvFields.Quote)));
        }
    }

    private static MeterRegistration RowOf(Table table, MeterId meter)
    {
        var site = table.OrNull("site") ?? meter.Value;
        if (!DeclaredUseNames.TryParse(table["declared_use"], out var use))
        {
            table.Fault("declared_use", $"'{table["declared_use"]}' is not known; the uses are {string.Join(", ", DeclaredUseNames.All)}.");
        }

        return new MeterRegistration
        {
            Meter = meter,
            Site = site,
            Name = table.OrNull("name") ?? site,
            DeclaredUse = use,
            ContractedKilowatts = CapacityOf(table),
            Feeder = table.OrNull("feeder"),
            ParentMeter = ParentOf(table, meter),
            Owner = table.OrNull("owner"),
            Region = table.OrNull("region"),
            TimeZone = ZoneOf(table),
            Commissioned = Moments.Of(table, "commissioned"),
            ValidFrom = Moments.Of(table, "valid_from"),
            ValidTo = Moments.Of(table, "valid_to"),
        };
    }

    private static double? CapacityOf(Table table)
    {
        if (table.OrNull("contracted_kw") is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var kilowatts) && double.IsFinite(kilowatts) && kilowatts > 0)
        {
            return kilowatts;
        }

        table.Fault("contracted_kw", $"'{text}' is not a number over zero; leave it empty where it is unknown.");
        return null;
    }

    private static MeterId? ParentOf(Table table, MeterId meter)
    {
        if (table.OrNull("parent_meter") is not { } text)
        {
            return null;
        }

        if (!MeterId.TryOf(text, out var parent))
        {
            table.Fault("parent_meter", $"'{text}' is not a meter name: {MeterId.Fault(text)}.");
            return null;
        }

        if (parent == meter)
        {
            table.Fault("parent_meter", "a meter cannot be its own parent.");
        }

        return parent;
    }

    private static string ZoneOf(Table table)
    {
        if (table.OrNull("timezone") is not { } text)
        {
            return "Etc/UTC";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(text, out _))
        {
            table.Fault("timezone", $"'{text}' is not an IANA time zone such as Asia/Shanghai.");
        }

        return text;
    }
}
