// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Detection.Change;

/// <summary>The steps of a load: at every twelfth hour, what the weeks after have more than the weeks before.</summary>
/// <remarks>Computed once a look; candidates and their features share it.</remarks>
internal sealed class LoadSteps
{
    /// <summary>Least hours after a moment.</summary>
    public const int LeastAfter = 3 * 24;

    /// <summary>Least hours before a moment.</summary>
    public const int LeastBefore = HourlyLoad.WeekHours;

    private const int Stride = 12;
    private const int LeastKnown = 60; // hours of the week known on both sides
    private const int LeastKnownOfWeek = 84;
    private const int Span = WeekMedians.Weeks * HourlyLoad.WeekHours;

    private readonly WallClock _clock;
    private readonly int _first;
    private readonly float[] _back;
    private readonly float[] _ahead;
    private (float Median, float Tenth)[]? _weeks;

    /// <summary>Steps within a window.</summary>
    /// <param name="clock">The load; hours before <paramref name="start"/> are history.</param>
    /// <param name="start">First local hour of the window.</param>
    /// <param name="end">Local hour at which the look is taken; nothing from it on is read.</param>
    public LoadSteps(WallClock clock, int start, int end)
    {
        _clock = clock;
        Start = Math.Max(0, start);
        End = end;
        _first = Math.Max(0, start - Span);
        _back = new float[Math.Max(0, end - _first)];
        _ahead = new float[_back.Length];
        var hours = Hours;
        for (var i = 0; i < _back.Length; i++)
        {
            _back[i] = WeekMedians.Back(hours, _first + i);
            _ahead[i] = _first + i >= Start ? WeekMedians.Ahead(hours, _first + i) : float.NaN;
        }

        Points = [.. Scan()];
    }

    /// <summary>First hour of the window.</summary>
    public int Start { get; }

    /// <summary>The hour after the last.</summary>
    public int End { get; }

    /// <summary>The load's hours up to the look.</summary>
    public ReadOnlySpan<float> Hours => _clock.Kilowatts.AsSpan(0, End);

    /// <summary>The calendar.</summary>
    public WallClock Clock => _clock;

    /// <summary>Every moment looked at, in order of time.</summary>
    public IReadOnlyList<StepPoint> Points { get; }

    /// <summary>What the hour usually was in the weeks before it.</summary>
    public float Back(int index) => index >= _first && index < End ? _back[index - _first] : float.NaN;

    /// <summary>What it usually is in the weeks from it on.</summary>
    public float Ahead(int index) => index >= _first && index < End ? _ahead[index - _first] : float.NaN;

    /// <summary>Median and 10th percentile of the weeks that end at the look or 1, 2, ... weeks before it; NaN where under half is known.</summary>
    public (float Median, float Tenth) Week(int back)
    {
        _weeks ??= [.. Enumerable.Range(0, End / HourlyLoad.WeekHours).Select(WeekOf)];
        return back < _weeks.Length ? _weeks[back] : (float.NaN, float.NaN);
    }

    private (float Median, float Tenth) WeekOf(int back)
    {
        var known = Order.Known(Hours.Slice(End - ((back + 1) * HourlyLoad.WeekHours), HourlyLoad.WeekHours));
        return known.Length < LeastKnownOfWeek ? (float.NaN, float.NaN) : (Order.At(known, 0.5), Order.At(known, 0.1));
    }

    private IEnumerable<StepPoint> Scan()
    {
        var steps = new float[HourlyLoad.WeekHours];
        var first = Math.Max(Start, LeastBefore);
        for (var t = (first + Stride - 1) / Stride * Stride; t + LeastAfter <= End; t += Stride)
        {
            double before = 0;
            var known = 0;
            var end = Math.Min(End, t + HourlyLoad.WeekHours) - _first;
            for (var i = t - _first; i < end; i++)
            {
                var step = _ahead[i] - _back[i];
                if (!float.IsNaN(step))
                {
                    steps[known++] = step;
                    before += _back[i];
                }
            }

            if (known >= LeastKnown)
            {
                var ascending = steps.AsSpan(0, known);
                Ascending.Sort(ascending);
                yield return new StepPoint(
                    t, Order.At(ascending, 0.1), Order.At(ascending, 0.25), Order.At(ascending, 0.5), Order.At(ascending, 0.75), before / known);
            }
        }
    }
}

/// <summary>What was added at a moment, over the hours of the week, kW.</summary>
/// <param name="Hour">The moment, local hour.</param>
/// <param name="Tenth">10th percentile.</param>
/// <param name="LowerQuarter">25th percentile.</param>
/// <param name="Median">Median.</param>
/// <param name="UpperQuarter">75th percentile.</param>
/// <param name="Before">Mean load by hour of week before.</param>
internal readonly record struct StepPoint(int Hour, float Tenth, float LowerQuarter, float Median, float UpperQuarter, double Before)
{
    /// <summary>A rise at all hours, not only at some.</summary>
    public double Low => (Tenth + LowerQuarter) / 2;
}
