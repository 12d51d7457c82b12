// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Json;
using Detector.Codecs;
using Detector.Journal;
using Detector.Metering;
using Detector.Timeline;
using Detector.Validation;

namespace Detector.Pipeline;

/// <summary>Decodes and validates a batch: what may be stored is accepted, the rest goes into its settlement.</summary>
/// <remarks>For one caller at a time: codecs remember their sources in the order of the messages.</remarks>
internal sealed class BatchReader(MessageDecoder decoder, ReadingValidator validator, RegistryHolder registry)
{
    private const int Together = 256; // readings that are looked up and validated together

    private readonly ReadingBuffer _buffer = new();
    private readonly List<Message> _messages = []; // whose readings are in the buffer
    private readonly List<MeterRegistration> _found = []; // of each reading in the buffer
    private readonly Dictionary<MeterId, Registered> _registrations = [];
    private SiteRegistry? _registrationsOf;

    /// <summary>Reads the messages of a journal batch; at least one.</summary>
    public void Decode(JournalBatch records, ReadBatch batch)
    {
        Begin();
        batch.Begin(records);
        var settlement = batch.Settlement;
        long received = 0;
        foreach (var record in records)
        {
            var result = decoder.Decode(record.Topic.Span, record.Payload.Span, record.ArrivedAt, _buffer, record.Sequence);
            if (result.IsDecoded)
            {
                _messages.Add(new Message(record.Sequence, record.ArrivedAt, _buffer.Count));
                received += _buffer.Count < Together ? 0 : Accept(batch);
            }
            else
            {
                received++;
                settlement.DeadLetters.Add(new DeadLetter(
                    0,
                    record.Sequence,
                    record.ArrivedAt,
                    Encoding.UTF8.GetString(record.Topic.Span),
                    record.Payload.ToArray(),
                    result.Reason!,
                    CodeOf(result.Kind),
                    result.AtByte,
                    "open"));
            }

            settlement.Position = record.Sequence;
        }

        received += Accept(batch);
        settlement.Sources.AddRange(decoder.Memory.TakeChanges());
        settlement.Counts += new SettledCounts(received, 0, 0, settlement.Quarantined.Count, settlement.DeadLetters.Count);
        batch.End();
    }

    /// <summary>Reads dead letters again.</summary>
    public void Decode(IReadOnlyList<DeadLetter> letters, ReadBatch batch)
    {
        Begin();
        var settlement = batch.Settlement;
        long received = 0;
        long revived = 0;
        foreach (var letter in letters)
        {
            var result = decoder.Decode(Encoding.UTF8.GetBytes(letter.Topic), letter.Payload, letter.ArrivedAt, _buffer, letter.Position);
            if (result.IsDecoded)
            {
                _messages.Add(new Message(letter.Position, letter.ArrivedAt, _buffer.Count));
                received += Accept(batch) - 1; // the letter itself was counted as one
                revived++;
            }

            settlement.Replays.Add(new ReplayResult(letter.Id, result.IsDecoded, result.Reason, result.IsDecoded ? null : CodeOf(result.Kind), result.AtByte));
        }

        settlement.Sources.AddRange(decoder.Memory.TakeChanges());
        settlement.Counts += new SettledCounts(received, 0, 0, settlement.Quarantined.Count, -revived);
    }

    /// <summary>Judges readings in quarantine again; what is still held back goes into the settlement, uncounted.</summary>
    public void Check(IReadOnlyList<QuarantinedReading> held, DateTimeOffset now, ReadBatch batch)
    {
        Begin();
        foreach (var (_, position, index, reading, rule, _) in held)
        {
            var disposition = validator.ValidateAgain(reading, rule, RegistrationOf(reading.Meter, reading.Time), now);
            if (disposition.IsAccepted)
            {
                batch.Accept(new ArrivedReading(disposition.Reading, position, index));
            }
            else
            {
                batch.Settlement.Quarantined.Add(new QuarantinedReading(0, position, index, disposition.Reading, disposition.Rule!, disposition.Reason!));
            }
        }
    }

    private void Begin()
    {
        if (_registrationsOf != registry.Current)
        {
            _registrationsOf = registry.Current;
            _registrations.Clear();
        }
    }

    // Registrations are found for many readings before any is looked into: so look-ups in a large register wait for memory together instead of one after another.
    private int Accept(ReadBatch batch)
    {
        var readings = _buffer.Span;
        foreach (ref readonly var reading in readings)
        {
            _found.Add(RegistrationOf(reading.Meter, reading.Time));
        }

        var from = 0;
        foreach (var message in _messages)
        {
            for (var i = from; i < message.End; i++)
            {
                var disposition = validator.Validate(readings[i], _found[i], message.ArrivedAt);
                if (disposition.IsAccepted)
                {
                    batch.Accept(new ArrivedReading(disposition.Reading, message.Position, i - from));
                }
                else
                {
                    batch.Settlement.Quarantined.Add(new QuarantinedReading(0, message.Position, i - from, disposition.Reading, disposition.Rule!, disposition.Reason!));
                }
            }

            from = message.End;
        }

        _buffer.Clear();
        _messages.Clear();
        _found.Clear();
        return from;
    }

    // The code of a reason outside this program: lower case, underscores.
    private static string CodeOf(RejectKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    // What held of the meter at the reading's time: a late reading is of the site where the meter was.
    private MeterRegistration RegistrationOf(MeterId meter, DateTimeOffset at)
    {
        if (!_registrations.TryGetValue(meter, out var registered) || at.UtcTicks < registered.FromTicks || at.UtcTicks >= registered.ToTicks)
        {
            var row = _registrationsOf!.Of(meter, at);
            _registrations[meter] = registered = new Registered(row, row.Valid.From.UtcTicks, row.Valid.To.UtcTicks);
        }

        return registered.Row;
    }

    /// <summary>A message that decoded: its readings end before this place in the buffer.</summary>
    private readonly record struct Message(long Position, DateTimeOffset ArrivedAt, int End);

    /// <summary>A row of the register and when it holds, which is kept beside it: with a million meters the row itself is a miss of the cache.</summary>
    private readonly record struct Registered(MeterRegistration Row, long FromTicks, long ToTicks);
}
