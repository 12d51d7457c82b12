// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Detector.Testing;

namespace Detector.EndToEnd.RealClients;

/// <summary><c>mosquitto_pub</c> publishes into the running service, at both protocol versions, all three qualities and as a file.</summary>
internal sealed class MosquittoPubTests
{
    [Test]
    [CancelAfter(120_000)]
    public async Task What_mosquitto_pub_publishes_is_stored_as_published(CancellationToken cancel)
    {
        var program = Requires.Program("mosquitto_pub", "mosquitto-clients");
        using var data = new TemporaryFolder();
        await using var detector = await DetectorProcess.ServeAsync(data.Path, ServerProcess.FreePort(), ServerProcess.FreePort());
        await detector.SignInAsync(data.Path, "admin");
        var load = StoredReading.Load(100, 40);

        // A line, a message.
        await PublishAsync(program, detector, ["-V", "mqttv311", "-q", "1", "-t", "meters/lines-311", "-l"], string.Join('\n', load.Select(r => r.Json)) + "\n", cancel);
        await PublishAsync(program, detector, ["-V", "mqttv5", "-q", "2", "-t", "meters/lines-5", "-l"], string.Join('\n', load.Select(r => r.Json)) + "\n", cancel);

        // A file, packed; the topic with its quantity; the quality that is not acknowledged.
        var file = data.In("batch.json.gz");
        await File.WriteAllBytesAsync(file, Packed($"[{string.Join(',', load.Select(r => r.Json))}]"), cancel);
        await PublishAsync(program, detector, ["-V", "mqttv5", "-q", "1", "-t", "meters/file", "-f", file], string.Empty, cancel);
        await PublishAsync(program, detector, ["-q", "1", "-t", "meters/plain/kw", "-m", "12.5"], string.Empty, cancel);
        await PublishAsync(program, detector, ["-q", "0", "-t", "meters/unacknowledged", "-m", load[0].Json], string.Empty, cancel);
        await PublishAsync(program, detector, ["-q", "1", "-t", "meters/broken", "-m", """{"ts":"2026-01-01T00:00:00Z","kw":}"""], string.Empty, cancel);

        var account = await detector.SettledAsync(a => a is { Stored: >= 302, DeadLettered: >= 1 }, TimeSpan.FromSeconds(30));
        Assert.That(account, Is.EqualTo(new Account(303, 302, 0, 0, 1, 0)));
        await StoredReading.AreAsync(detector, "lines-311", load, cancel);
        await StoredReading.AreAsync(detector, "lines-5", load, cancel);
        await StoredReading.AreAsync(detector, "file", load, cancel);
        await StoredReading.AreAsync(detector, "unacknowledged", load.Take(1), cancel);
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static async Task PublishAsync(string program, DetectorProcess detector, string[] arguments, string input, CancellationToken cancel)
    {
        var port = detector.MqttPort.ToString(CultureInfo.InvariantCulture);
        var info = new ProcessStartInfo(program, ["-h", "127.0.0.1", "-p", port, .. arguments]) { RedirectStandardInput = true, RedirectStandardError = true };
        using var process = Process.Start(info)!;
        await process.StandardInput.WriteAsync(input.AsMemory(), cancel);
        process.StandardInput.Close();
        var errors = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        Assert.That(process.ExitCode, Is.Zero, errors);
    }
}
