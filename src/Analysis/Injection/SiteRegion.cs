// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;
using Detector.Simulation;

namespace Detector.Analysis.Injection;

/// <summary>Where a simulated load stands that is put into a recording: any climate, on the recorded site's clock.</summary>
internal static class SiteRegion
{
    /// <summary>A climate drawn at random, on a site's clock.</summary>
    /// <param name="timeZone">IANA zone of the site; one that is not known counts as UTC.</param>
    /// <param name="start">Moment whose offset is kept throughout.</param>
    /// <param name="chance">Chance.</param>
    public static Region Draw(string timeZone, DateTimeOffset start, Prng chance)
    {
        var climate = chance.Pick(Region.All);
        return climate with { TimeZone = timeZone, UtcOffset = SiteZone.Of(timeZone).GetUtcOffset(start) };
    }
}
