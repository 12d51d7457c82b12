// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation;

/// <summary>Shapes over the local clock, 0 to 1; they wrap at midnight.</summary>
internal static class DayCurve
{
    /// <summary>A bell around an hour; <paramref name="width"/> is its standard deviation in hours.</summary>
    public static double Hump(double clock, double centre, double width)
    {
        var d = Apart(clock, centre) / width;
        return PortableMath.Exp(-0.5 * d * d);
    }

    /// <summary>One between two hours with smooth edges of <paramref name="edge"/> hours around them.</summary>
    public static double Plateau(double clock, double from, double to, double edge) =>
        Rise((clock - from) / edge) * Rise((to - clock) / edge);

    /// <summary>Smooth step from 0 at -1/2 to 1 at 1/2.</summary>
    public static double Rise(double x)
    {
        var t = Math.Clamp(x + 0.5, 0, 1);
        return t * t * (3 - (2 * t));
    }

    private static double Apart(double clock, double centre)
    {
        // Clocks and centres lie within a day of each other; a remainder would cost more than the rest of the curve.
        var d = Math.Abs(clock - centre);
        return d > 12 ? Math.Abs(24 - d) : d;
    }
}
