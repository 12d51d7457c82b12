// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>A meter at a site, and when: what it measured then is the site's, what it measured before or after is not.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Valid">From when until when it measured there.</param>
public sealed record MeterInstallation(MeterId Meter, TimeRange Valid);
