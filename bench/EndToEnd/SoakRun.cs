// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Bench.HotPaths;
using Detector.Intake;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Bench.EndToEnd;

/// <summary>Whether memory stays flat: MQTT at QoS 1 into journal, relay and store at a steady rate, looked at each minute.</summary>
/// <remarks>The publisher is in this process, and makes each message as it sends it. Memory the first minutes fill (pools, DuckDB's cache, compiled code) is left out of the slope.</remarks>
internal static class SoakRun
{
    private const int MessagesASecond = 500;
    private const int Meters = 1_000;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync(int minutes)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{MessagesASecond} messages/s of one reading, {Meters} meters, {minutes} minutes, publisher included"));
        Console.WriteLine("minute |    stored | process, MiB | .NET heap after a collection, MiB");
        await using var service = await Service.OpenAsync();
        service.StartRelay();
        await service.ListenAsync();
        await using var publisher = await MqttPublisher.ConnectAsync(service.Url, "soak", TimeProvider.System, NullLogger<MqttPublisher>.Instance, CancellationToken.None);
        using var timer = new PeriodicTimer(Beat);
        var beats = (int)(TimeSpan.FromMinutes(1) / Beat);
        var looks = new List<(double Process, double Heap)>();
        var sent = 0;
        for (var minute = 1; minute <= minutes; minute++)
        {
            for (var beat = 0; beat < beats; beat++)
            {
                await timer.WaitForNextTickAsync();
                await Task.WhenAll(Enumerable.Range(sent, MessagesASecond * (int)Beat.TotalMilliseconds / 1000).Select(i => SendAsync(publisher, i)));
                sent += MessagesASecond * (int)Beat.TotalMilliseconds / 1000;
            }

            await service.StoredAsync(sent);
            looks.Add((Environment.WorkingSet / (1024.0 * 1024), GC.GetTotalMemory(forceFullCollection: true) / (1024.0 * 1024)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{minute,6} | {sent,9:N0} | {looks[^1].Process,12:F1} | {looks[^1].Heap,8:F1}"));
        }

        var half = looks[(looks.Count / 2)..];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"slope over the second half: process {Slope(half.ConvertAll(l => l.Process)) * 60:+0.0;-0.0;0.0} MiB an hour, .NET heap {Slope(half.ConvertAll(l => l.Heap)) * 60:+0.0;-0.0;0.0} MiB an hour"));
    }

    private static async Task SendAsync(MqttPublisher publisher, int index) => await publisher.PublishAsync(
        string.Create(CultureInfo.InvariantCulture, $"meters/m-{index % Meters}"), Loads.Json(1, index / Meters), CancellationToken.None);

    /// <summary>Least squares, by look.</summary>
    private static double Slope(List<double> values)
    {
        var (middle, mean) = ((values.Count - 1) / 2.0, values.Average());
        var spread = values.Select((_, i) => (i - middle) * (i - middle)).Sum();
        return spread == 0 ? 0 : values.Select((v, i) => (i - middle) * (v - mean)).Sum() / spread;
    }
}
