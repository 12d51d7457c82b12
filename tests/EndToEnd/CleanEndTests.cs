// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;

namespace Detector.EndToEnd;

/// <summary>SIGTERM ends the service with success, whichever way messages come in.</summary>
internal sealed class CleanEndTests
{
    [Test]
    [CancelAfter(180_000)]
    public async Task Service_on_an_external_broker_ends_cleanly_when_asked_to()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var data = new TemporaryFolder();
        await using var detector = await DetectorProcess.ServeAsync(data.Path, ServerProcess.FreePort(), 0, null, "--mqtt-url", mosquitto.Url);
        await EndsCleanlyAsync(detector);
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task Service_with_the_embedded_broker_ends_cleanly_when_asked_to()
    {
        using var data = new TemporaryFolder();
        await using var detector = await DetectorProcess.ServeAsync(data.Path, ServerProcess.FreePort(), ServerProcess.FreePort());
        await EndsCleanlyAsync(detector);
    }

    private static async Task EndsCleanlyAsync(DetectorProcess detector)
    {
        detector.Terminate();
        Assert.That(await detector.EndAsync(TimeSpan.FromSeconds(60)), Is.Zero, detector.Output);
    }
}
