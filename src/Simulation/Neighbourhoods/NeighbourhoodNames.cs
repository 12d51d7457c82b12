// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>Rows of the register for a feeder and its sites. Those that act as one belong to one owner, as the register may show.</summary>
internal sealed class NeighbourhoodNames(int index, Region region, DateTimeOffset start)
{
    private readonly string _feeder = string.Create(CultureInfo.InvariantCulture, $"N{index + 1:000}");

    public MeterRegistration Head() => Row("head", "head", "Feeder head") with { DeclaredUse = DeclaredUse.Unknown };

    public MeterRegistration Site(int site, SiteTruth truth)
    {
        var number = (site + 1).ToString("00", CultureInfo.InvariantCulture);
        return Row(number, number, "Site " + number) with
        {
            DeclaredUse = HonestLoad.DeclaredUseOf(truth.LoadClass),
            ParentMeter = MeterId.Of($"{_feeder}-head"),
            Owner = truth.Mines ? $"{_feeder} Holdings" : $"{_feeder} Tenant {number}",
        };
    }

    private MeterRegistration Row(string meter, string site, string name) => new()
    {
        Meter = MeterId.Of($"{_feeder}-{meter}"),
        Site = $"{_feeder}-s-{site}",
        Name = $"{_feeder} {name}",
        Feeder = _feeder,
        Region = region.Name,
        TimeZone = region.TimeZone,
        Commissioned = start.AddYears(-3),
    };
}
