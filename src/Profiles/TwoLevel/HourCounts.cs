// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.TwoLevel;

/// <summary>How often each hour of day is on.</summary>
internal sealed class HourCounts
{
    private readonly int[] _on = new int[24];
    private readonly int[] _known = new int[24];
    private double _onSum;

    /// <summary>Share of all hours that are on; NaN where none is known.</summary>
    public double OnShare => (double)_on.Sum() / _known.Sum();

    /// <summary>Mean load of the hours that are on.</summary>
    public double OnMean => _onSum / _on.Sum();

    public void Add(int hour, bool on, float value)
    {
        _known[hour]++;
        if (on)
        {
            _on[hour]++;
            _onSum += value;
        }
    }

    /// <summary>Variance of on within hours of day over its whole variance: 0 where a clock explains it, 1 where none does.</summary>
    public float Unexplained()
    {
        double within = 0;
        var known = _known.Sum();
        for (var h = 0; h < 24; h++)
        {
            var p = _known[h] == 0 ? 0 : (double)_on[h] / _known[h];
            within += p * (1 - p) * _known[h] / known;
        }

        var whole = OnShare * (1 - OnShare);
        return whole > 0 ? (float)(within / whole) : float.NaN;
    }

    /// <summary>Mean difference of the share on, hour by hour; NaN where an hour is unknown.</summary>
    public float Distance(HourCounts other)
    {
        double sum = 0;
        for (var h = 0; h < 24; h++)
        {
            sum += Math.Abs(((double)_on[h] / _known[h]) - ((double)other._on[h] / other._known[h]));
        }

        return (float)(sum / 24);
    }
}
