// SPDX-License-Identifier: Apache-2.0
namespace Detector.Journal;

/// <summary>A message as it arrived.</summary>
/// <param name="Sequence">Its number: 1, 2, 3 … without gaps.</param>
/// <param name="ArrivedAt">When it arrived, UTC.</param>
/// <param name="Topic">Its topic, UTF-8; valid until the reader's next call.</param>
/// <param name="Payload">Its bytes, untouched; valid until the reader's next call.</param>
public readonly record struct JournalRecord(long Sequence, DateTimeOffset ArrivedAt, ReadOnlyMemory<byte> Topic, ReadOnlyMemory<byte> Payload);
