// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Profiles;

namespace Detector.Neighbours;

/// <summary>Finds the events of a meter that neighbours may share.</summary>
public static class TraceFinder
{
    private const int MostDips = 96; // one a day; a load that falls oftener has a duty cycle, and its deepest dips are kept
    private const int LongestDip = 36; // hours; what lasts longer is a change of level

    /// <summary>The trace of the last days of a load.</summary>
    public static MeterTrace Of(LoadSeries series, MeterRegistration registration, DateTimeOffset? asOf, NeighbourOptions options)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(registration);
        ArgumentNullException.ThrowIfNull(options);
        var end = asOf ?? series.Range.To;
        var window = series.Slice(new TimeRange(end - TimeSpan.FromDays(options.WindowDays), end));
        var load = HourlyLoad.From(window, registration.TimeZone);
        return HasHours(load) ? Of(new ProfileInput(load), registration, options) : Without(load, registration); // nothing is derived of a load that is not looked at
    }

    /// <summary>The trace of a whole load.</summary>
    public static MeterTrace Of(ProfileInput input, MeterRegistration registration, NeighbourOptions options)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(registration);
        ArgumentNullException.ThrowIfNull(options);
        var load = input.Load;
        if (!HasHours(load))
        {
            return Without(load, registration);
        }

        var first = FirstOf(load);
        return new MeterTrace(registration, first, first + load.Count, Dips(input, first, options), StepFinder.Find(load, first, options));
    }

    private static bool HasHours(HourlyLoad load) => load.Count > 0 && load.NativeCadence <= TimeSpan.FromHours(1);

    private static MeterTrace Without(HourlyLoad load, MeterRegistration registration) => new(registration, FirstOf(load), FirstOf(load), [], []);

    private static long FirstOf(HourlyLoad load) => load.Start.UtcTicks / TimeSpan.TicksPerHour;

    private static LoadDip[] Dips(ProfileInput input, long first, NeighbourOptions options)
    {
        var e = input.Residual;
        var threshold = (float)Math.Max(options.LeastDipDeviations * input.ResidualMad, options.LeastDip);
        var dips = new List<LoadDip>();
        for (var i = 1; i < e.Length; i++)
        {
            if (!(e[i] < -threshold) || !(e[i - 1] >= -threshold))
            {
                continue;
            }

            var fall = i;
            var depth = 0f;
            for (; i < e.Length && e[i] < -threshold / 2; i++)
            {
                depth = Math.Max(depth, -e[i]);
            }

            if (i < e.Length && !float.IsNaN(e[i]) && i - fall <= LongestDip)
            {
                dips.Add(new LoadDip(first + fall, (short)(i - fall), depth));
            }
        }

        return [.. dips.OrderByDescending(d => d.Depth).ThenBy(d => d.Hour).Take(MostDips).OrderBy(d => d.Hour)];
    }
}
