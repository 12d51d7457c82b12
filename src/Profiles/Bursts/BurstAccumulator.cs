// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Bursts;

/// <summary>Averages readings of seconds into the cells of one window, one reading at a time, in order of time.</summary>
/// <remarks>State is bounded: <see cref="BurstGrid.MostCells"/> floats and a handful of sums, whatever the cadence. Not thread-safe.</remarks>
public sealed class BurstAccumulator
{
    private const int LeastReadingsInCell = 4; // fewer do not show how the load moves inside a cell

    private readonly double _cellSeconds;
    private readonly float[] _cells = new float[BurstGrid.MostCells];
    private int _count;
    private int _at;
    private int _readings;
    private double _mean;
    private double _squares;
    private double _insideSum;
    private int _insideCells;

    /// <summary>An empty window.</summary>
    /// <param name="cellSeconds">Length of a cell in seconds, over zero.</param>
    public BurstAccumulator(double cellSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cellSeconds);
        _cellSeconds = cellSeconds;
    }

    /// <summary>Takes one reading; false where it lies beyond the window and was not taken.</summary>
    /// <param name="seconds">Seconds since the window's start, 0 or more; never less than the reading before.</param>
    /// <param name="kilowatts">Power in kW; NaN is passed over.</param>
    public bool Add(double seconds, double kilowatts)
    {
        // A hundredth of a cell is forgiven, so that a time kept in binary does not fall into the cell before.
        var cell = (int)((seconds / _cellSeconds) + 0.01);
        if (cell >= BurstGrid.MostCells)
        {
            return false;
        }

        if (double.IsNaN(kilowatts))
        {
            return true;
        }

        if (cell != _at)
        {
            Close(cell);
        }

        _readings++;
        var step = kilowatts - _mean;
        _mean += step / _readings;
        _squares += step * (kilowatts - _mean);
        return true;
    }

    /// <summary>Ends the window: its cells in kW, holes filled by the cell before, and how the load moves inside a cell.</summary>
    /// <returns>The cells, valid until the next <see cref="Clear"/>; and the mean standard deviation inside a cell in kW, NaN where cells hold too few readings.</returns>
    public (ReadOnlyMemory<float> Cells, double InsideKilowatts) Finish()
    {
        Close(_at + 1);
        return (_cells.AsMemory(0, _count), _insideCells == 0 ? double.NaN : _insideSum / _insideCells);
    }

    /// <summary>Makes it empty again.</summary>
    public void Clear()
    {
        (_count, _at, _readings, _mean, _squares, _insideSum, _insideCells) = (0, 0, 0, 0, 0, 0, 0);
    }

    private void Close(int next)
    {
        if (_readings > 0)
        {
            Fill(_at, (float)_mean);
            if (_readings >= LeastReadingsInCell)
            {
                _insideSum += Math.Sqrt(_squares / (_readings - 1));
                _insideCells++;
            }
        }

        (_at, _readings, _mean, _squares) = (next, 0, 0, 0);
    }

    private void Fill(int cell, float value)
    {
        var before = _count == 0 ? value : _cells[_count - 1];
        while (_count < cell)
        {
            _cells[_count++] = before;
        }

        _cells[_count++] = value;
    }
}
