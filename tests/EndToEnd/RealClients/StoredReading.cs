// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net.Http.Json;

namespace Detector.EndToEnd.RealClients;

/// <summary>One reading as a client publishes it and as the API gives it back.</summary>
internal sealed record StoredReading(DateTimeOffset Ts, double? Kw, IReadOnlyList<string> Quality)
{
    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The n-th reading of a load that never gives the same value twice in a row.</summary>
    public static StoredReading Number(int n, double kilowatts) => new(First.AddSeconds(n), kilowatts, []);

    /// <summary>A load with fractions that a single-precision number would not keep, of the six digits that the API gives.</summary>
    public static IReadOnlyList<StoredReading> Load(int count, double level) => [.. Enumerable.Range(0, count).Select(n => Number(n, Math.Round(level + (n * 0.037123), 6)))];

    public string Time => Ts.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public string Json => string.Create(CultureInfo.InvariantCulture, $$"""{"ts":"{{Time}}","kw":{{Kw:R}}}""");

    /// <summary>What the service has of a meter.</summary>
    public static async Task<List<StoredReading>> OfAsync(DetectorProcess detector, string meter, CancellationToken cancel)
    {
        var path = $"/api/v1/meters/{Uri.EscapeDataString(meter)}/readings?from=2025-12-31T00:00:00Z&to=2026-02-01T00:00:00Z";
        return (await detector.Http.GetFromJsonAsync<List<StoredReading>>(path, DetectorProcess.Json, cancel))!;
    }

    /// <summary>Asserts that a meter's stored readings are those that were published: every one, once, the same time and the same value.</summary>
    public static async Task AreAsync(DetectorProcess detector, string meter, IEnumerable<StoredReading> published, CancellationToken cancel)
    {
        var stored = await OfAsync(detector, meter, cancel);
        Assert.That(stored.Select(r => (r.Ts, r.Kw)), Is.EqualTo(published.Select(r => (r.Ts, r.Kw))), $"meter {meter}");
    }
}
