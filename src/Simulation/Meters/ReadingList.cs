// SPDX-License-Identifier: Apache-2.0
using System.Collections;
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>The readings of one meter in the order sent, made one by one as they are read.</summary>
internal sealed class ReadingList : IReadOnlyList<Reading>
{
    private readonly MeterId _meter;
    private readonly TimeSpan _cadence;
    private readonly SentReading[] _sent;

    public ReadingList(MeterId meter, TimeSpan cadence, SentReading[] sent)
    {
        _meter = meter;
        _cadence = cadence;
        _sent = sent;
    }

    public int Count => _sent.Length;

    public Reading this[int index] => new(_meter, new DateTimeOffset(_sent[index].UtcTicks, TimeSpan.Zero))
    {
        Kind = ReadingKind.IntervalMean,
        Interval = _cadence,
        PowerKilowatts = _sent[index].Value,
    };

    public IEnumerator<Reading> GetEnumerator()
    {
        for (var i = 0; i < _sent.Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
