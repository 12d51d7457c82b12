// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Timeline;

/// <summary>Columns of one meter that grow as its rows come.</summary>
internal sealed class MeterColumns
{
    private readonly MeterId _meter;
    private long[] _times;
    private double[] _power;
    private double[] _register;
    private QualityFlags[] _quality;
    private int _count;
    private bool _isSorted = true;
    private bool _hasRegister;

    /// <summary>For a meter of so many readings, or more.</summary>
    public MeterColumns(MeterId meter, int readings, bool hasRegister)
    {
        _meter = meter;
        _times = new long[readings];
        _power = new double[readings];
        _quality = new QualityFlags[readings];
        _register = hasRegister ? new double[readings] : [];
        _hasRegister = hasRegister;
    }

    /// <summary>Takes one reading.</summary>
    public void Add(long microseconds, double powerKilowatts, QualityFlags quality, double registerKilowattHours)
    {
        if (_count == _times.Length)
        {
            Resize(Math.Max(64, _count * 2));
        }

        if (!_hasRegister && !double.IsNaN(registerKilowattHours))
        {
            _hasRegister = true;
            _register = new double[_times.Length];
            _register.AsSpan(0, _count).Fill(double.NaN);
        }

        _isSorted &= _count == 0 || _times[_count - 1] < microseconds;
        _times[_count] = microseconds;
        _power[_count] = powerKilowatts;
        _quality[_count] = quality;
        if (_hasRegister)
        {
            _register[_count] = registerKilowattHours;
        }

        _count++;
    }

    /// <summary>The columns in order of time; nothing may be added afterwards.</summary>
    public ReadingColumns ToColumns()
    {
        Resize(_count);
        if (!_isSorted)
        {
            Sort();
        }

        return new ReadingColumns { Meter = _meter, UnixMicroseconds = _times, PowerKilowatts = _power, RegisterKilowattHours = _register, Quality = _quality };
    }

    private void Sort()
    {
        var order = new int[_count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(_times, order); // a store holds a time once, so nothing rests on equal ones
        _power = Array.ConvertAll(order, i => _power[i]);
        _quality = Array.ConvertAll(order, i => _quality[i]);
        _register = _hasRegister ? Array.ConvertAll(order, i => _register[i]) : _register;
    }

    private void Resize(int length)
    {
        if (length == _times.Length)
        {
            return;
        }

        Array.Resize(ref _times, length);
        Array.Resize(ref _power, length);
        Array.Resize(ref _quality, length);
        if (_hasRegister)
        {
            Array.Resize(ref _register, length);
        }
    }
}
