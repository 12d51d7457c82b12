// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Detector.Metering;

/// <summary>Findings as JSON in the contract's shape: snake_case, UTC times with <c>Z</c>, stable order and digits.</summary>
public static class FindingJson
{
    /// <summary>Options shared by everything that speaks the contract's JSON.</summary>
    public static JsonSerializerOptions Options { get; } = Make(indented: false, exact: false);

    /// <summary>The same, indented for people.</summary>
    public static JsonSerializerOptions Indented { get; } = Make(indented: true, exact: false);

    /// <summary>The same for readings that are kept whole: every digit, and <c>"NaN"</c> for a quantity that was not given.</summary>
    public static JsonSerializerOptions Exact { get; } = Make(indented: false, exact: true);

    /// <summary>One finding as JSON text.</summary>
    public static string Write(Finding finding) => JsonSerializer.Serialize(finding, Options);

    /// <summary>Reads what <see cref="Write"/> wrote; throws <see cref="JsonException"/> for anything else.</summary>
    public static Finding Read(string json) =>
        JsonSerializer.Deserialize<Finding>(json, Options) ?? throw new JsonException("A finding is an object, not null.");

    private static JsonSerializerOptions Make(bool indented, bool exact)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // Chinese stays readable; never embedded in HTML unescaped
            WriteIndented = indented,
        };
        options.Converters.Add(new MeterIdConverter());
        options.Converters.Add(new UtcConverter());
        if (exact)
        {
            options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        }
        else
        {
            options.Converters.Add(new RoundedConverter());
        }

        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class MeterIdConverter : JsonConverter<MeterId>
    {
        public override MeterId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            MeterId.TryOf(reader.GetString() ?? string.Empty, out var meter) ? meter : throw new JsonException("Not a meter name.");

        public override void Write(Utf8JsonWriter writer, MeterId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }

    /// <summary>Six decimals: enough for any figure here, the same text on every machine.</summary>
    private sealed class RoundedConverter : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(Math.Round(value, 6, MidpointRounding.AwayFromZero) + 0.0);
    }

    private sealed class UtcConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(UtcText.Write(value));
    }
}

/// <summary>Times as text: ISO 8601, UTC, <c>Z</c>, fractions only where there are any.</summary>
public static class UtcText
{
    /// <summary>The moment as <c>2026-01-01T00:00:00Z</c>.</summary>
    public static string Write(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
}
