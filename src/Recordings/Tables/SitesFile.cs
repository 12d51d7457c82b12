// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;
using Detector.Recordings.Csv;

namespace Detector.Recordings;

/// <summary>The sites file of the contract: one row a meter; only <c>meter</c> is required, further columns are passed over.</summary>
public static class SitesFile
{
    /// <summary>The contract's columns, in its order.</summary>
    public const string Header = "meter,site,name,declared_use,contracted_kw,feeder,parent_meter,owner,region,timezone,commissioned";

    /// <summary>Reads a file.</summary>
    /// <exception cref="TableFileException">It has faults; all are named, with line and column.</exception>
    public static IReadOnlyList<MeterRegistration> Read(string path)
    {
        var table = new Table(path, ["meter"]);
        var rows = new List<MeterRegistration>();
        var lineOf = new Dictionary<MeterId, long>();
        while (table.Next())
        {
            if (!MeterId.TryOf(table["meter"], out var meter))
            {
                table.Fault("meter", $"'{table["meter"]}' is not a meter name: {MeterId.Fault(table["meter"])}.");
                continue;
            }

            if (!lineOf.TryAdd(meter, table.Line))
            {
                table.Fault("meter", $"{meter} is already on line {lineOf[meter]}; keep one of them.");
                continue;
            }

            rows.Add(RowOf(table, meter));
        }

        table.ThrowIfFaulty();
        return rows;
    }

    /// <summary>Writes a file with every column.</summary>
    public static void Write(string path, IEnumerable<MeterRegistration> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        writer.WriteLine(Header);
        foreach (var row in rows)
        {
            string[] fields =
            [
                row.Meter.Value, row.Site, row.Name, row.DeclaredUse.Name(), row.ContractedKilowatts?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty,
                row.Feeder ?? string.Empty, row.ParentMeter?.Value ?? string.Empty, row.Owner ?? string.Empty, row.Region ?? string.Empty, row.TimeZone,
                row.Commissioned?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? string.Empty,
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
