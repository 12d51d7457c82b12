// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;

namespace Detector.EndToEnd;

/// <summary>A client that publishes numbered readings at QoS 1 through interruptions, and remembers which were acknowledged.</summary>
internal sealed class Publisher(int port, string clientId)
{
    private static readonly DateTimeOffset FirstReading = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Numbers whose PUBACK came.</summary>
    public ConcurrentDictionary<int, bool> Acknowledged { get; } = new();

    public static string TimeOf(int number) => FirstReading.AddSeconds(number).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Publishes readings of a meter, each until it is acknowledged, <paramref name="inFlight"/> at a time.</summary>
    public async Task PublishAsync(string meter, int from, int count, int inFlight, CancellationToken cancel)
    {
        var waiting = new ConcurrentQueue<int>(Enumerable.Range(from, count));
        while (!waiting.IsEmpty && !cancel.IsCancellationRequested)
        {
            using var client = new MqttClientFactory().CreateMqttClient();
            try
            {
                await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).WithClientId(clientId).WithTimeout(TimeSpan.FromSeconds(10)).Build(), cancel);
                await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => DrainAsync(client, meter, waiting, cancel)));
            }
            catch (Exception fault) when (fault is not OperationCanceledException && !cancel.IsCancellationRequested)
            {
                await Task.Delay(100, cancel); // the broker is gone: try again, as a meter would
            }
        }
    }

    private async Task DrainAsync(IMqttClient client, string meter, ConcurrentQueue<int> waiting, CancellationToken cancel)
    {
        while (waiting.TryDequeue(out var number))
        {
            var sent = false;
            try
            {
                var payload = string.Create(CultureInfo.InvariantCulture, $"{{\"ts\":\"{TimeOf(number)}\",\"kw\":{100 + (number % 50)}.5}}");
                var message = new MqttApplicationMessage { Topic = $"meters/{meter}", Payload = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(payload)), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce };
                var result = await client.PublishAsync(message, cancel);
                sent = result.IsSuccess;
            }
            finally
            {
                if (sent)
                {
                    Acknowledged[number] = true;
                }
                else
                {
                    waiting.Enqueue(number);
                }
            }

            if (!sent)
            {
                throw new IOException("The broker did not acknowledge.");
            }
        }
    }
}
