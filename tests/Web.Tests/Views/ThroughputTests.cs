// SPDX-License-Identifier: Apache-2.0
using Detector.Pipeline;
using Detector.Web.Views;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Web.Tests.Views;

/// <summary>Rates from the account.</summary>
[TestFixture]
internal sealed class ThroughputTests
{
    [Test]
    public void Rates_are_of_the_time_asked_for_and_only_ten_minutes_are_kept()
    {
        var clock = new FakeTimeProvider(Sample.Start);
        var pipeline = new FakePipeline();
        using var rates = new Throughput(pipeline, clock);
        Assert.That(rates.ReceivedPerSecond(TimeSpan.FromSeconds(10)), Is.Null);
        for (var i = 0; i < 400; i++)
        {
            // 100 readings a second arrive, 80 are settled.
            pipeline.Account = new LedgerSnapshot(200 * i, 160 * i, 0, 0, 0, 40 * i);
            rates.Take();
            clock.Advance(Throughput.Beat);
        }

        Assert.That(rates.ReceivedPerSecond(TimeSpan.FromSeconds(10)), Is.EqualTo(100).Within(0.001));
        Assert.That(rates.SettledPerSecond(TimeSpan.FromSeconds(10)), Is.EqualTo(80).Within(0.001));
        Assert.That(rates.Samples(), Has.Count.EqualTo(300));
        Assert.That(rates.Samples()[^1].At - rates.Samples()[0].At, Is.LessThan(TimeSpan.FromMinutes(10)));
    }
}
