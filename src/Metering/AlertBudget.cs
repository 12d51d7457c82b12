// SPDX-License-Identifier: Apache-2.0

namespace Detector.Metering;

/// <summary>How many false cases a week a fleet may raise, and what that allows one window of one meter.</summary>
/// <remarks>
/// A window of a quarter of a year is one chance of a false case, and a meter that is honest stays so: the cases a week that
/// people can work, times the weeks of a window, over the meters. A case comes from the load as a whole or from an addition
/// to it, and each gets half.
/// </remarks>
/// <param name="CasesPerWeek">False cases a week that are accepted for the whole fleet, over 0.</param>
/// <param name="Meters">Meters of the fleet, at least 1.</param>
public sealed record AlertBudget(double CasesPerWeek, int Meters)
{
    private const double WeeksOfWindow = 13;
    private const double WeeksOfYear = 365.25 / 7;
    private const double Evidences = 2;

    /// <summary>Share of honest windows that may pass, by one kind of evidence; over 0 and at most 1.</summary>
    public double Rate => Math.Min(1, CasesPerWeek * WeeksOfWindow / Meters / Evidences);

    /// <summary>False cases a year that it lets the fleet raise.</summary>
    public double FalseCasesPerYear => Rate * Evidences * Meters / WeeksOfWindow * WeeksOfYear;
}
