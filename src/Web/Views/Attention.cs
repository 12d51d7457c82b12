// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Web.Views;

/// <summary>What a person should look at first.</summary>
internal static class Attention
{
    /// <summary>Name of the filter for sites that were never judged.</summary>
    internal const string NotJudged = "not_judged";

    /// <summary>Smaller is more urgent: cases, then what to watch, what could not be judged, what was not judged yet, what is clear.</summary>
    internal static int Rank(SiteSummary site) => site.Verdict switch
    {
        Verdict.Case => 0,
        Verdict.Watch => 1,
        Verdict.Insufficient => 2,
        null => 3,
        _ => 4,
    };

    /// <summary>The filters of the fleet, in order of urgency.</summary>
    internal static IReadOnlyList<string> Filters { get; } =
        [Verdict.Case.Name(), Verdict.Watch.Name(), Verdict.Insufficient.Name(), NotJudged, Verdict.Clear.Name()];

    /// <summary>The filter under which a site falls.</summary>
    internal static string FilterOf(SiteSummary site) => site.Verdict?.Name() ?? NotJudged;
}
