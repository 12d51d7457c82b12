// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Drops;

/// <summary>One fall out of the weekly rhythm that recovers within a day.</summary>
/// <param name="Index">Hour at which it fell.</param>
/// <param name="Depth">Depth relative to the level, over 0.</param>
/// <param name="Hours">Hours until it had recovered three quarters.</param>
internal readonly record struct Drop(int Index, float Depth, int Hours)
{
    private const float Mads = 12; // 8 normal deviations of hourly changes
    private const float LeastDepth = 0.06f; // of the level: less is not an event
    private const int Longest = 24; // hours; what lasts longer is a change of level

    /// <summary>The drops of a load, in order of time.</summary>
    public static List<Drop> Find(ProfileInput input)
    {
        var e = input.Residual;
        var changes = new float[e.Length];
        for (var i = 1; i < e.Length; i++)
        {
            changes[i] = Math.Abs(e[i] - e[i - 1]);
        }

        var typical = Quantiles.Median(Moments.Known(changes.AsSpan(Math.Min(1, changes.Length))));
        var threshold = Math.Max(Mads * typical, LeastDepth);
        var drops = new List<Drop>();
        for (var i = 1; i < e.Length; i++)
        {
            var depth = e[i - 1] - e[i];
            if (depth > threshold && Recovery(e, i, depth) is var hours and > 0)
            {
                drops.Add(new Drop(i, depth, hours));
                i += hours; // what follows within it is the same event
            }
        }

        return drops;
    }

    private static int Recovery(float[] e, int fall, float depth)
    {
        for (var j = fall + 1; j < e.Length && j <= fall + Longest; j++)
        {
            if (e[j] >= e[fall - 1] - (0.25f * depth))
            {
                return j - fall;
            }
        }

        return 0;
    }
}
