// SPDX-License-Identifier: Apache-2.0
using Detector.Web.Views;

namespace Detector.Web.Tests.Views;

/// <summary>Public holidays on the days on which they were.</summary>
internal sealed class PublicHolidaysTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    // As in the notices of the General Office of the State Council for these years; 2023 and 2025 have leap months (the second, the sixth).
    [TestCase(2023, "2023-01-01 1|2023-01-22 3|2023-04-05 1|2023-05-01 1|2023-06-22 1|2023-09-29 1|2023-10-01 3")]
    [TestCase(2024, "2024-01-01 1|2024-02-10 3|2024-04-04 1|2024-05-01 1|2024-06-10 1|2024-09-17 1|2024-10-01 3")]
    [TestCase(2025, "2025-01-01 1|2025-01-28 4|2025-04-04 1|2025-05-01 2|2025-05-31 1|2025-10-01 3|2025-10-06 1")]
    [TestCase(2026, "2026-01-01 1|2026-02-16 4|2026-04-05 1|2026-05-01 2|2026-06-19 1|2026-09-25 1|2026-10-01 3")]
    public void They_are_those_of_the_year(int year, string expected) =>
        Assert.That(string.Join('|', PublicHolidays.Of(year, Shanghai).Select(h => $"{h.From:yyyy-MM-dd} {h.Days}")), Is.EqualTo(expected));

    [Test]
    public void Elsewhere_and_in_other_times_none_are_known()
    {
        Assert.That(PublicHolidays.Of(2026, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")), Is.Empty);
        Assert.That(PublicHolidays.Of(2013, Shanghai), Is.Empty);
        Assert.That(PublicHolidays.Of(2100, Shanghai), Is.Empty);
    }
}
