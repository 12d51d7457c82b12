// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Json;
using Detector.Codecs;

namespace Detector.Pipeline;

/// <summary>Tries mappings with what the service knows of sources (the births of Sparkplug), and without counting.</summary>
/// <param name="present">The mappings in force.</param>
/// <param name="profiles">Profiles of the configuration.</param>
/// <param name="read">Reads a mapping as the configuration does; throws what the configuration throws.</param>
/// <param name="sources">What is known of sources now.</param>
/// <param name="options">How sources are remembered.</param>
/// <param name="time">The clock of that.</param>
public sealed class MappingTrials(
    IReadOnlyList<TopicMapping> present, IReadOnlyDictionary<string, TopicMapping> profiles, Func<string, TopicMapping> read, Func<IReadOnlyList<SourceRecord>> sources, SourceOptions options, TimeProvider time) : IMappingTrials
{
    private const string Place = "Codecs:Mappings:0:"; // where a fault says it is, of a mapping that stands alone

    /// <inheritdoc />
    public MappingTrial Try(DeadLetter letter, string? mapping)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (mapping is null)
        {
            return Decode(letter, present);
        }

        if (mapping.Length > IMappingTrials.LongestMapping)
        {
            return new MappingTrial { Faults = [$"A mapping has at most {IMappingTrials.LongestMapping} characters."] };
        }

        try
        {
            var bound = read(mapping);
            var faults = MappingFaults.Of([bound], profiles, CodecCatalog.Default());
            return faults.Count > 0
                ? new MappingTrial { Faults = [.. faults.Select(f => f.Replace(Place, string.Empty, StringComparison.Ordinal))] }
                : Decode(letter, [bound]);
        }
        catch (Exception fault) when (fault is InvalidOperationException or InvalidDataException or FormatException or JsonException)
        {
            return new MappingTrial { Faults = [$"{fault.Message} {fault.InnerException?.Message}".TrimEnd()] };
        }
    }

    /// <inheritdoc />
    public string Draft(DeadLetter letter)
    {
        ArgumentNullException.ThrowIfNull(letter);
        return MappingProfiles.Suggest(Encoding.UTF8.GetBytes(letter.Topic)) is { } profile
            ? $$"""{ "Profile": {{JsonSerializer.Serialize(profile)}} }"""
            : $$"""
              {
                "Topic": {{JsonSerializer.Serialize(letter.Topic)}},
                "Codec": "json",
                "Keys": { "power": "kW" }
              }
              """;
    }

    private MappingTrial Decode(DeadLetter letter, IEnumerable<TopicMapping> mappings)
    {
        var decoder = new MessageDecoder(CodecCatalog.Default(), mappings, profiles, new SourceMemory(options, time)) { Counts = false };
        decoder.Memory.Load(sources());
        var buffer = new ReadingBuffer();
        var result = decoder.Decode(Encoding.UTF8.GetBytes(letter.Topic), letter.Payload, letter.ArrivedAt, buffer, letter.Position);
        return new MappingTrial
        {
            Rejection = result.IsDecoded ? null : result.Reason,
            AtByte = result.IsDecoded ? 0 : result.AtByte,
            PassedOver = result.IsPassedOver ? result.Reason : null,
            Readings = [.. buffer.Span[..Math.Min(buffer.Span.Length, MappingTrial.MostReadings)]],
            Count = buffer.Span.Length,
        };
    }
}
