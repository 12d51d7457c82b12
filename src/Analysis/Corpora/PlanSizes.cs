// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Changes;

namespace Detector.Analysis.Corpora;

/// <summary>How many windows of each kind a run takes: the stated rule of sub-sampling.</summary>
/// <remarks>Windows of a site are spread evenly over its years; past eight they weigh as eight, but all of them say how rare a score is.</remarks>
internal sealed record PlanSizes
{
    /// <summary>Windows of the long kind, in days: what the judge looks back over.</summary>
    public const int LongDays = 91;

    /// <summary>Windows of the short kind, in days: the least that is judged.</summary>
    public const int ShortDays = 28;

    /// <summary>Long honest training windows a site.</summary>
    public int HonestPerSite { get; init; } = 64;

    /// <summary>Short honest training windows a site.</summary>
    public int ShortHonestPerSite { get; init; } = 24;

    /// <summary>Host windows a site for training mixtures, long.</summary>
    public int MixturesPerSite { get; init; } = 4;

    /// <summary>Composites for each honest long training window.</summary>
    public double CompositesPerWindow { get; init; } = 0.25;

    /// <summary>Pure mining windows a style in training, long.</summary>
    public int PurePerStyle { get; init; } = 700;

    /// <summary>Pure mining windows a style in training, short.</summary>
    public int ShortPurePerStyle { get; init; } = 350;

    /// <summary>Share of the pure training windows that keep a little honest load beside the mining.</summary>
    public double CompanyShare { get; init; } = 0.4;

    /// <summary>Long honest windows a site that are judged.</summary>
    public int JudgedHonestPerSite { get; init; } = 64;

    /// <summary>Short honest windows a site that are judged.</summary>
    public int JudgedShortPerSite { get; init; } = 16;

    /// <summary>Pure mining windows a style and fold that are judged, long.</summary>
    public int JudgedPurePerStyle { get; init; } = 60;

    /// <summary>Pure mining windows a style and fold that are judged, short.</summary>
    public int JudgedShortPurePerStyle { get; init; } = 40;

    /// <summary>Pure mining windows a style and fold that are judged at each cadence.</summary>
    public int JudgedAtCadencePerStyle { get; init; } = 12;

    /// <summary>Years of pure mining a style and fold that are judged.</summary>
    public int JudgedYearsPerStyle { get; init; } = 16;

    /// <summary>Host windows a site for judged mixtures of each share.</summary>
    public int JudgedHostsPerSite { get; init; } = 1;

    /// <summary>Simulated honest sites beside the recorded ones.</summary>
    public int SimulatedHonestSites { get; init; } = 630;

    /// <summary>Simulated sites of each declared use that loads are compared with: divides by the one to four classes of a use.</summary>
    /// <remarks>Four windows of each, of which up to a fifth are insufficient, pass the 400 that a p-value conditional on the use takes.</remarks>
    public int ReferenceSitesPerUse { get; init; } = 132;

    /// <summary>What trains and judges change evidence.</summary>
    public ChangeSizes Changes { get; init; } = new();

    /// <summary>What a run takes unless it is asked to be quick.</summary>
    public static PlanSizes Full { get; } = new();

    /// <summary>A fraction of it: figures with wide intervals, in about half the time (as many trees are fitted).</summary>
    public static PlanSizes Quick { get; } = new()
    {
        HonestPerSite = 4,
        ShortHonestPerSite = 1,
        MixturesPerSite = 3,
        PurePerStyle = 50,
        ShortPurePerStyle = 15,
        JudgedHonestPerSite = 6,
        JudgedShortPerSite = 1,
        JudgedPurePerStyle = 20,
        JudgedShortPurePerStyle = 10,
        JudgedAtCadencePerStyle = 4,
        JudgedYearsPerStyle = 2,
        JudgedHostsPerSite = 1,
        SimulatedHonestSites = 84,
        ReferenceSitesPerUse = 12,
        Changes = ChangeSizes.Quick,
    };
}
