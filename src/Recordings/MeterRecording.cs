// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Recordings;

/// <summary>Everything recorded of one meter, in file order, kept in columns of 12 bytes a row where times are whole seconds.</summary>
public sealed class MeterRecording
{
    private Column<uint>? _seconds = new(); // until a time is not a whole second from 1970 to 2106
    private Column<long>? _microseconds;
    private readonly Column<double> _power = new();
    private Column<double>? _register;
    private Column<double>? _reactive;
    private Column<QualityFlags>? _quality;

    internal MeterRecording(MeterId meter) => Meter = meter;

    /// <summary>The meter.</summary>
    public MeterId Meter { get; }

    /// <summary>Number of readings.</summary>
    public int Count => _power.Count;

    /// <summary>The readings, in file order.</summary>
    public IEnumerable<Reading> Readings()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return ReadingRow.Of(
                Meter,
                Instants.FromUnixMicroseconds(TimeAt(i)),
                _power[i],
                _reactive is null ? double.NaN : _reactive[i],
                _register is null ? double.NaN : _register[i],
                _quality is null ? QualityFlags.None : _quality[i]);
        }
    }

    /// <summary>The readings as plain columns, in file order; made anew at each call.</summary>
    public ReadingColumns ToColumns() => new()
    {
        Meter = Meter,
        UnixMicroseconds = _seconds is null ? _microseconds!.ToArray() : _seconds.ToArray(s => s * 1_000_000L),
        PowerKilowatts = _power.ToArray(),
        RegisterKilowattHours = _register?.ToArray() ?? [],
        Quality = _quality?.ToArray() ?? [],
    };

    internal void Add(in Reading reading)
    {
        AddTime(Instants.ToUnixMicroseconds(reading.Time));
        AddTo(ref _register, reading.RegisterKilowattHours, double.NaN, double.IsNaN(reading.RegisterKilowattHours));
        AddTo(ref _reactive, reading.ReactiveKilovars, double.NaN, double.IsNaN(reading.ReactiveKilovars));
        AddTo(ref _quality, reading.Quality, QualityFlags.None, reading.Quality == QualityFlags.None);
        _power.Add(reading.PowerKilowatts);
    }

    private long TimeAt(int index) => _seconds is null ? _microseconds![index] : _seconds[index] * 1_000_000L;

    private void AddTime(long microseconds)
    {
        if (_seconds is not null)
        {
            if (microseconds % 1_000_000 == 0 && microseconds >= 0 && microseconds / 1_000_000 <= uint.MaxValue)
            {
                _seconds.Add((uint)(microseconds / 1_000_000));
                return;
            }

            _microseconds = new Column<long>();
            for (var i = 0; i < _seconds.Count; i++)
            {
                _microseconds.Add(_seconds[i] * 1_000_000L);
            }

            _seconds = null;
        }

        _microseconds!.Add(microseconds);
    }

    private void AddTo<T>(ref Column<T>? column, T value, T usual, bool isUsual)
        where T : struct
    {
        if (column is null && !isUsual)
        {
            column = new Column<T>();
            column.AddMany(usual, Count);
        }

        column?.Add(value);
    }
}
