// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Codecs.SparkplugB.Wire;
using Detector.Metering;

namespace Detector.Codecs.SparkplugB;

/// <summary>Makes readings of a message's metrics by their birth and the mapping. Metrics of one meter and time are one reading.</summary>
internal readonly ref struct MetricReader(EdgeNodes nodes, EdgeNode node, SparkplugTopic topic, BirthCertificate? birth, QualityFlags flags)
{
    private static readonly DecodeResult Fine = DecodeResult.Decoded(0);

    // Metrics by which a node or device speaks of itself.
    private static readonly string[] Own = ["Node Control/", "Device Control/", "Node Info/", "Device Info/", "Properties/", "Node Properties/"];
    private static readonly Unit Percent = Units.Find("pf%")!;

    public DecodeResult Read(Payload message, in DecodeContext context, List<int> offsets, ReadingBuffer readings)
    {
        var rows = RowTable.Take();
        (string Name, int At)? unitless = null;
        for (var i = 0; i < message.Metrics.Count; i++)
        {
            var result = Take(message.Metrics[i], null, message, context, offsets[i], rows, ref unitless);
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        var made = rows.Finish(context, readings);
        return !made.IsDecoded || made.Count > 0 ? made
            : unitless is { } lost && !topic.IsBirth
                ? DecodeResult.Rejected(RejectKind.NoUnit, lost.At, $"The metric '{lost.Name}' has no unit, neither in its birth (property engUnit) nor in the mapping; give its unit under Keys, or '{KeyMapping.Ignore}'.")
                : DecodeResult.PassedOver(topic.IsBirth ? "A birth certificate without a quantity that is kept." : "No metric is of a quantity that is kept.");
    }

    private DecodeResult Take(Metric metric, string? prefix, Payload message, in DecodeContext context, int at, RowTable rows, ref (string Name, int At)? unitless)
    {
        var definition = Define(metric, prefix);
        if (definition is null)
        {
            return DecodeResult.Rejected(RejectKind.NoBirth, at, $"The alias {metric.Alias} is in no birth of '{topic.Meter}' that is known. {nodes.AskForRebirth(node, topic)}");
        }

        if (metric.TemplateValue is { } template)
        {
            return template.IsDefinition ? Fine : TakeMembers(template, definition.Name + "/", message, context, at, rows, ref unitless);
        }

        if (definition.DataType == 0 && metric.ValueCase is Metric.ValueOneofCase.IntValue or Metric.ValueOneofCase.LongValue && !metric.IsNull)
        {
            return DecodeResult.Rejected(RejectKind.NoBirth, at, $"The type of '{definition.Name}' is in no birth of '{topic.Meter}' that is known, so its sign is not. {nodes.AskForRebirth(node, topic)}");
        }

        return metric.IsNull || definition.Name == "bdSeq" || Array.Exists(Own, own => definition.Name.StartsWith(own, StringComparison.Ordinal)) || !TryNumber(metric, definition.DataType, out var number)
            ? Fine
            : TakeNumber(metric, definition, number, message, context, at, rows, ref unitless);
    }

    private DecodeResult TakeMembers(Template template, string prefix, Payload message, in DecodeContext context, int at, RowTable rows, ref (string Name, int At)? unitless)
    {
        foreach (var member in template.Metrics)
        {
            var result = Take(member, prefix, message, context, at, rows, ref unitless);
            if (!result.IsDecoded)
            {
                return result;
            }
        }

        return Fine;
    }

    private MetricDefinition? Define(Metric metric, string? prefix)
    {
        if (metric.HasName && metric.Name.Length > 0)
        {
            var name = prefix + metric.Name;
            var known = birth?.Find(name);
            return new MetricDefinition(name, metric.HasDatatype ? metric.Datatype : known?.DataType ?? 0, MetricProperties.Unit(metric) ?? known?.Unit);
        }

        return metric.HasAlias ? birth?.Find(metric.Alias) : null;
    }

    private DecodeResult TakeNumber(Metric metric, MetricDefinition definition, double number, Payload message, in DecodeContext context, int at, RowTable rows, ref (string Name, int At)? unitless)
    {
        var name = Encoding.UTF8.GetBytes(definition.Name);
        ReadOnlySpan<byte> meterText = default;
        ReadOnlySpan<byte> label = name;
        if (context.Mapping.Name is { } names && !names.Matches(name, out meterText, out label))
        {
            return Fine; // a name of another form is another thing
        }

        var binding = context.Mapping.FindLabel(label);
        if (binding?.Role == KeyRole.Ignored)
        {
            return Fine;
        }

        var spoken = definition.Unit is { } text ? Units.OfPayload(Encoding.UTF8.GetBytes(text)) : null;
        var unit = spoken ?? (definition.Unit == "%" && binding?.Unit?.Dimension == Dimension.PowerFactor ? Percent : binding?.Unit);
        if (unit is null)
        {
            unitless = definition.Unit is null ? unitless ?? (definition.Name, at) : unitless;
            return Fine;
        }

        if (!TryMeter(meterText, context, out var meter))
        {
            return DecodeResult.Rejected(RejectKind.BadMeter, at, $"The metric '{definition.Name}' gives no valid meter; put {{meter}} in the topic, or say in the mapping's Name which part is the meter.");
        }

        return TryMoment(metric, message, context, at, out var moment, out var rejected) ? Add(metric, unit, binding, number, meter, moment, at, rows) : rejected;
    }

    private DecodeResult Add(Metric metric, Unit unit, KeyBinding? binding, double number, MeterId meter, DateTimeOffset? moment, int at, RowTable rows)
    {
        if (!rows.TryFind(meter, moment?.UtcTicks ?? 0, at, out var row))
        {
            return RowTable.TooMany(at);
        }

        rows[row].SetMeter(meter);
        rows[row].SetQuality(flags | (MetricProperties.IsDoubtful(metric) ? QualityFlags.Suspect : QualityFlags.None));
        if (moment is { } time)
        {
            rows[row].SetTime(time);
        }

        return rows[row].SetQuantity(unit, binding, number, at);
    }

    private bool TryMeter(ReadOnlySpan<byte> text, in DecodeContext context, out MeterId meter)
    {
        meter = context.Meter;
        return text.IsEmpty ? !meter.IsEmpty || context.Names.TryGet(Encoding.UTF8.GetBytes(topic.Meter), out meter) : context.Names.TryGet(text, out meter);
    }

    private static bool TryMoment(Metric metric, Payload message, in DecodeContext context, int at, out DateTimeOffset? moment, out DecodeResult rejected)
    {
        moment = null;
        rejected = Fine;
        var hasTime = metric.HasTimestamp || message.HasTimestamp;
        if (!hasTime)
        {
            rejected = metric.IsHistorical ? DecodeResult.Rejected(RejectKind.BadTime, at, "A historical metric has no timestamp; send the time at which it was measured.") : Fine;
            return !metric.IsHistorical;
        }

        var milliseconds = metric.HasTimestamp ? metric.Timestamp : message.Timestamp;
        var unit = context.Mapping.Precision == UnixUnit.ByMagnitude ? UnixUnit.Milliseconds : context.Mapping.Precision;
        var isTime = Instants.TryUnix(milliseconds, unit, out var read) == InstantFault.None;
        moment = read;
        rejected = isTime ? Fine : DecodeResult.Rejected(RejectKind.BadTime, at, $"The timestamp {milliseconds} is out of range; send milliseconds since 1970.");
        return isTime;
    }

    // Whole numbers travel unsigned; their type says whether the highest bit is a sign.
    private static bool TryNumber(Metric metric, uint type, out double number)
    {
        (number, var isNumber) = (metric.ValueCase, type) switch
        {
            (Metric.ValueOneofCase.DoubleValue, _) => (metric.DoubleValue, true),
            (Metric.ValueOneofCase.FloatValue, _) => (metric.FloatValue, true),
            (Metric.ValueOneofCase.IntValue, 1) => ((sbyte)metric.IntValue, true),
            (Metric.ValueOneofCase.IntValue, 2) => ((short)metric.IntValue, true),
            (Metric.ValueOneofCase.IntValue, 3) => ((int)metric.IntValue, true),
            (Metric.ValueOneofCase.IntValue, 5 or 6 or 7) => (metric.IntValue, true),
            (Metric.ValueOneofCase.LongValue, 4) => ((long)metric.LongValue, true),
            (Metric.ValueOneofCase.LongValue, 7 or 8) => (metric.LongValue, true),
            _ => (0.0, false),
        };
        return isNumber;
    }
}
