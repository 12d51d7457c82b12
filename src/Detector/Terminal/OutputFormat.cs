// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;

namespace Detector.Host.Terminal;

/// <summary>How a listing is written.</summary>
internal enum OutputFormat
{
    /// <summary>Aligned columns for people; the default on a terminal.</summary>
    Table,

    /// <summary>A JSON array; the default where the output is not a terminal.</summary>
    Json,

    /// <summary>Comma-separated values with a header (RFC 4180).</summary>
    Csv,
}

/// <summary>The <c>--format</c> option.</summary>
internal static class FormatOption
{
    public static Option<string> Make()
    {
        var option = new Option<string>("--format")
        {
            Description = "table, json or csv; table by default on a terminal, json elsewhere.",
            DefaultValueFactory = _ => Console.IsOutputRedirected ? "json" : "table",
        };
        option.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, "table", "json", "csv");
        return option;
    }

    public static OutputFormat Of(ParseResult parsed, Option<string> option) => Enum.Parse<OutputFormat>(parsed.GetValue(option)!, ignoreCase: true);
}
