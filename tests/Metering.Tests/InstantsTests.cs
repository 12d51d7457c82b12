// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;

namespace Detector.Metering.Tests;

/// <summary>Times as meters and exports write them.</summary>
internal sealed class InstantsTests
{
    [TestCase("2026-01-01T00:15:00Z", "2026-01-01T00:15:00.000000Z")]
    [TestCase("2026-01-01 08:15+08:00", "2026-01-01T00:15:00.000000Z")]
    [TestCase("2026-01-01T00:15:00,5z", "2026-01-01T00:15:00.500000Z")]
    [TestCase("2025-12-31T24:00:00Z", "2026-01-01T00:00:00.000000Z")]
    [TestCase("2024-02-28 24:00+0800", "2024-02-28T16:00:00.000000Z")]
    [TestCase("20260101T001500Z", "2026-01-01T00:15:00.000000Z")]
    [TestCase("20260101T0815+0800", "2026-01-01T00:15:00.000000Z")]
    [TestCase("20260101T081500.123456789+08", "2026-01-01T00:15:00.123456Z")]
    [TestCase("20260101T2400Z", "2026-01-02T00:00:00.000000Z")]
    [TestCase("1767226500", "2026-01-01T00:15:00.000000Z")]
    [TestCase("1767226500123456", "2026-01-01T00:15:00.123456Z")]
    public void Is_a_moment(string text, string expected)
    {
        var fault = Instants.TryParse(Encoding.UTF8.GetBytes(text), UnixUnit.ByMagnitude, out var moment);
        Assert.That(fault, Is.EqualTo(InstantFault.None));
        Assert.That(moment.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture), Is.EqualTo(expected));
    }

    [TestCase("2026-01-01T24:00:01Z", InstantFault.OutOfRange)]
    [TestCase("2026-01-01T24:15Z", InstantFault.OutOfRange)]
    [TestCase("2026-01-01T25:00Z", InstantFault.OutOfRange)]
    [TestCase("9999-12-31T24:00Z", InstantFault.OutOfRange)]
    [TestCase("20260230T000000Z", InstantFault.OutOfRange)]
    [TestCase("20260101T000000", InstantFault.NoZone)]
    [TestCase("20260101T00", InstantFault.NotATime)]
    [TestCase("2026010xT000000Z", InstantFault.NotATime)]
    [TestCase("20260101T0000001Z", InstantFault.NotATime)]
    [TestCase("20260101T00:00:00Z", InstantFault.NotATime)]
    public void Is_none(string text, InstantFault expected) =>
        Assert.That(Instants.TryParse(Encoding.UTF8.GetBytes(text), UnixUnit.ByMagnitude, out _), Is.EqualTo(expected));
}
