// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>What the register knows of a meter and the site it measures, and when that holds: one row of the sites file.</summary>
public sealed record MeterRegistration
{
    /// <summary>The meter.</summary>
    public required MeterId Meter { get; init; }

    /// <summary>The site; the meter's own name where none is given.</summary>
    public required string Site { get; init; }

    /// <summary>The site's name for people; the site id where none is given.</summary>
    public required string Name { get; init; }

    /// <summary>What the site declared itself to be.</summary>
    public DeclaredUse DeclaredUse { get; init; } = DeclaredUse.Unknown;

    /// <summary>Contracted capacity in kW; null where unknown.</summary>
    public double? ContractedKilowatts { get; init; }

    /// <summary>Feeder that supplies the meter.</summary>
    public string? Feeder { get; init; }

    /// <summary>Meter upstream whose energy includes this one's.</summary>
    public MeterId? ParentMeter { get; init; }

    /// <summary>Enterprise that owns the site.</summary>
    public string? Owner { get; init; }

    /// <summary>Region of the grid operator.</summary>
    public string? Region { get; init; }

    /// <summary>IANA time zone of the site; UTC where none is given.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>When the meter was put into service; null where unknown.</summary>
    public DateTimeOffset? Commissioned { get; init; }

    /// <summary>From when this holds, UTC; null where it always did.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when this holds, UTC, that moment not included; null where it still does.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>The time for which this holds.</summary>
    public TimeRange Valid => new(ValidFrom ?? TimeRange.All.From, ValidTo ?? TimeRange.All.To);

    /// <summary>The registration of a meter that published before it was registered: its own site, nothing declared.</summary>
    public static MeterRegistration Unregistered(MeterId meter) => new() { Meter = meter, Site = meter.Value, Name = meter.Value };
}
