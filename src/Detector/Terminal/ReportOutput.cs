// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Reporting;

namespace Detector.Host.Terminal;

/// <summary>Writes an analyst's report on standard output: its tables, or the whole of it as JSON.</summary>
internal static class ReportOutput
{
    /// <summary>Writes it.</summary>
    /// <param name="tables">Its tables, in order.</param>
    /// <param name="format">As what.</param>
    /// <param name="json">The file that holds all of it.</param>
    public static void Write(IEnumerable<ReportTable> tables, OutputFormat format, string json)
    {
        if (format == OutputFormat.Json)
        {
            Console.WriteLine(File.ReadAllText(json));
            return;
        }

        foreach (var table in tables)
        {
            Console.WriteLine();
            Console.WriteLine(table.Title);
            var listing = new Listing([.. table.Columns]);
            foreach (var row in table.Rows)
            {
                listing.Add([.. row]);
            }

            listing.Write(format, Console.Out);
            if (table.Note is not null)
            {
                Console.WriteLine(table.Note);
            }
        }
    }
}
