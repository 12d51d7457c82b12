// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using System.Text.Json;
using Detector.Codecs;
using Detector.Host.Configuration;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Metering;
using Detector.Pipeline;

namespace Detector.Host.Verbs;

/// <summary><c>doctor --sample</c>: what the mappings make of one message, and why.</summary>
internal static class SampleReport
{
    /// <summary>Writes the report; done, or failed where the message would go to the dead letters.</summary>
    /// <param name="settings">The settings whose mappings are tried.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="payload">The payload as text, or <c>@FILE</c> for a file's bytes.</param>
    /// <param name="format">How the report is written.</param>
    public static int Write(Settings settings, string topic, string payload, OutputFormat format)
    {
        var bytes = Bytes(payload);
        var topicUtf8 = Encoding.UTF8.GetBytes(topic);
        var decoder = Parts.MakeDecoder(settings);
        using (var book = Book.Open(settings.Data.Folder, settings.Journal.Folder))
        {
            decoder.Memory.Load(book?.Sources() ?? []); // births that the service knows
        }

        var buffer = new ReadingBuffer();
        var tried = decoder.Explain(topicUtf8);
        var result = decoder.Decode(topicUtf8, bytes, TimeProvider.System.GetUtcNow(), buffer);
        if (format == OutputFormat.Json)
        {
            WriteJson(topic, tried, result, buffer, bytes);
        }
        else
        {
            WriteText(tried, result, buffer, bytes, format);
        }

        return result.IsDecoded ? ExitCode.Done : ExitCode.Failed;
    }

    private static byte[] Bytes(string payload)
    {
        if (!payload.StartsWith('@'))
        {
            return Encoding.UTF8.GetBytes(payload);
        }

        try
        {
            return File.ReadAllBytes(payload[1..]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--sample: {fault.Message} A payload that begins with @ names a file.");
        }
    }

    private static void WriteText(IReadOnlyList<MappingExplanation> tried, in DecodeResult result, ReadingBuffer buffer, byte[] bytes, OutputFormat format)
    {
        foreach (var mapping in tried)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(mapping.IsTaken ? "takes it" : "not")}: mapping {mapping.Number} '{mapping.Topic}' ({mapping.Codec}): {mapping.Why}"));
            if (mapping.IsTaken)
            {
                Console.Error.WriteLine($"  meter {mapping.Meter ?? "by the payload"}{(mapping.Quantity is null ? string.Empty : $", quantity {mapping.Quantity}")}; keys: {string.Join("; ", mapping.Keys)}");
            }
        }

        if (!result.IsDecoded)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"It would go to the dead letters: {result.Reason} ({result.Kind}, at byte {result.AtByte}: '{Around(bytes, result.AtByte)}')"));
            return;
        }

        if (result.IsPassedOver)
        {
            Console.Error.WriteLine($"It is passed over: {result.Reason} No reading is due of it.");
            return;
        }

        var listing = new Listing("meter", "time", "kind", "interval_s", "kw", "kwh_register", "kvar", "pf", "v", "a", "quality");
        foreach (var r in buffer.Span)
        {
            listing.Add(
                r.Meter.Value, r.Time, PayloadMapping.NameOf(r.Kind), r.Interval.TotalSeconds, Given(r.PowerKilowatts), Given(r.RegisterKilowattHours), Given(r.ReactiveKilovars), Given(r.PowerFactor), Given(r.Volts), Given(r.Amperes), QualityFlagNames.Text(r.Quality));
        }

        listing.Write(format, Console.Out);
    }

    private static void WriteJson(string topic, IReadOnlyList<MappingExplanation> tried, in DecodeResult result, ReadingBuffer buffer, byte[] bytes)
    {
        var readings = new List<object>();
        foreach (var r in buffer.Span)
        {
            readings.Add(new
            {
                r.Meter,
                r.Time,
                Kind = PayloadMapping.NameOf(r.Kind),
                IntervalS = r.Interval.TotalSeconds,
                Kw = Given(r.PowerKilowatts),
                KwhRegister = Given(r.RegisterKilowattHours),
                Kvar = Given(r.ReactiveKilovars),
                Pf = Given(r.PowerFactor),
                V = Given(r.Volts),
                A = Given(r.Amperes),
                Quality = QualityFlagNames.Text(r.Quality),
            });
        }

        var report = new
        {
            Topic = topic,
            Outcome = result.IsPassedOver ? "passed_over" : result.IsDecoded ? "decoded" : "rejected",
            Mapping = tried.FirstOrDefault(m => m.IsTaken),
            Tried = tried.Select(m => new { m.Number, m.Topic, m.Codec, Taken = m.IsTaken, m.Why }),
            Readings = readings,
            PassedOver = result.IsPassedOver ? result.Reason : null,
            Rejection = result.IsDecoded ? null : new { result.Kind, result.Reason, result.AtByte, Here = Around(bytes, result.AtByte) },
        };
        Console.Out.WriteLine(JsonSerializer.Serialize(report, FindingJson.Indented));
    }

    // The bytes at the fault as text, control characters as dots.
    private static string Around(byte[] bytes, int at)
    {
        var from = Math.Clamp(at, 0, bytes.Length);
        var text = Encoding.UTF8.GetString(bytes.AsSpan(from, Math.Min(24, bytes.Length - from)));
        return string.Concat(text.Select(c => char.IsControl(c) || c == '\uFFFD' ? '.' : c));
    }

    private static double? Given(double value) => double.IsNaN(value) ? null : value;
}
