// SPDX-License-Identifier: Apache-2.0
namespace Detector.Neighbours;

/// <summary>How many of a set of meters dip within an hour of each hour: tells a grid's outage from a common operator's.</summary>
internal sealed class CommonHours
{
    private readonly Dictionary<long, int> _counts = [];

    /// <summary>Meters counted, with dips or without.</summary>
    public int Meters { get; private set; }

    public void Add(MeterTrace trace) => Change(trace, 1);

    public void Remove(MeterTrace trace) => Change(trace, -1);

    public int At(long hour) => _counts.GetValueOrDefault(hour);

    private void Change(MeterTrace trace, int by)
    {
        Meters += by;
        var last = long.MinValue;
        foreach (var dip in trace.Dips)
        {
            for (var hour = Math.Max(last + 1, dip.Hour - 1); hour <= dip.Hour + 1; hour++)
            {
                last = hour;
                var count = _counts.GetValueOrDefault(hour) + by;
                if (count == 0)
                {
                    _counts.Remove(hour);
                }
                else
                {
                    _counts[hour] = count;
                }
            }
        }
    }
}
