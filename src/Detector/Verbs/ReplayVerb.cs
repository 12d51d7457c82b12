// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.CommandLine;
using System.Globalization;
using Detector.Codecs;
using Detector.Host.Terminal;
using Detector.Intake;
using Detector.Metering;
using Detector.Recordings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Host.Verbs;

/// <summary><c>replay</c>: publishes recordings to a broker.</summary>
internal static class ReplayVerb
{
    private const int InFlight = 64;

    public static Command Build()
    {
        var readings = new Option<string>("--readings") { Description = "A readings file, or a folder searched recursively.", Required = true, HelpName = "PATH" };
        var url = new Option<string>("--mqtt") { Description = "The broker.", DefaultValueFactory = _ => "mqtt://127.0.0.1:1883", HelpName = "mqtt://HOST:PORT" };
        var speed = new Option<double>("--speed") { Description = "Times real time; 0 is as fast as the broker takes them.", DefaultValueFactory = _ => 0 };
        var codec = new Option<string>("--codec") { Description = "json or line-protocol.", DefaultValueFactory = _ => "json" };
        var batch = new Option<int>("--batch") { Description = "Readings of one meter in a message, where the speed is 0.", DefaultValueFactory = _ => 96 };
        var authority = new Option<string>("--tls-authority") { Description = "Root certificates in PEM that sign the broker (mqtts://); those that this machine trusts by default.", DefaultValueFactory = _ => string.Empty, HelpName = "FILE" };
        var certificate = new Option<string>("--tls-certificate") { Description = "Certificate to show to the broker: PEM, or PKCS#12 with its key.", DefaultValueFactory = _ => string.Empty, HelpName = "FILE" };
        var key = new Option<string>("--tls-key") { Description = "Its key, in PEM.", DefaultValueFactory = _ => string.Empty, HelpName = "FILE" };
        var user = new Option<string>("--user") { Description = "User name at the broker.", DefaultValueFactory = _ => string.Empty, HelpName = "NAME" };
        var password = new Option<string>("--password-file") { Description = "File whose first line is the password.", DefaultValueFactory = _ => string.Empty, HelpName = "FILE" };
        codec.AcceptOnlyFromAmong([.. CodecCatalog.Default().EncoderNames]);
        var command = new Command("replay", """
            Publishes recordings over MQTT at QoS 1, each message until the broker has acknowledged it.

            Examples:
              detector replay --readings recordings/ --mqtt mqtt://127.0.0.1:1883
              detector replay --readings site.csv.gz --speed 900 --codec line-protocol
              detector replay --readings site.csv --mqtt mqtts://broker:8883 --tls-authority ca.pem --user gateway --password-file secret
            """) { readings, url, speed, codec, batch, authority, certificate, key, user, password };
        command.SetAction(async (parsed, cancel) =>
        {
            var source = ReadingsSource.Open(parsed.GetValue(readings)!);
            var pace = parsed.GetValue(speed);
            if (pace < 0 || parsed.GetValue(batch) < 1)
            {
                throw new UsageException("--speed must not be negative and --batch must be at least 1.");
            }

            CodecCatalog.Default().TryGetEncoder(parsed.GetValue(codec), out var encoder);
            var broker = new IntakeOptions { Url = parsed.GetValue(url)!, Username = parsed.GetValue(user)!, PasswordFile = parsed.GetValue(password)! };
            (broker.Tls.BrokerAuthority, broker.Tls.Certificate, broker.Tls.Key) = (parsed.GetValue(authority)!, parsed.GetValue(certificate)!, parsed.GetValue(key)!);
            await using var client = await MqttPublisher.ConnectAsync(broker, $"detector-replay-{Environment.ProcessId}", TimeProvider.System, NullLogger<MqttPublisher>.Instance, cancel);
            using var run = new Run(client, encoder!, cancel);
            var messages = pace > 0 ? InOrderOfTime(source) : source.Readings().GroupAdjacent(parsed.GetValue(batch));
            await run.PublishAsync(messages, pace);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Readings} readings in {run.Messages} messages published and acknowledged"));
        });
        return command;
    }

    private static IEnumerable<Reading[]> InOrderOfTime(ReadingsSource source) =>
        source.Recordings().SelectMany(r => r.Readings()).OrderBy(r => r.Time).ThenBy(r => r.Meter.Value, StringComparer.Ordinal).Select(r => new[] { r });

    private sealed class Run(MqttPublisher client, IPayloadEncoder encoder, CancellationToken cancel) : IDisposable
    {
        private readonly MessageDecoder _topics = MessageDecoder.Default();
        private readonly Queue<Task> _inFlight = new();
        private readonly ProgressLine _progress = new();

        public long Readings { get; private set; }

        public long Messages { get; private set; }

        public async Task PublishAsync(IEnumerable<Reading[]> messages, double speed)
        {
            var time = TimeProvider.System;
            var began = time.GetUtcNow();
            DateTimeOffset? first = null;
            foreach (var readings in messages)
            {
                first ??= readings[0].Time;
                var wait = speed > 0 ? began + ((readings[0].Time - first.Value) / speed) - time.GetUtcNow() : TimeSpan.Zero;
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, time, cancel);
                }

                await PublishAsync(readings);
            }

            await Task.WhenAll(_inFlight);
        }

        public void Dispose() => _progress.Dispose();

        private async Task PublishAsync(Reading[] readings)
        {
            if (_inFlight.Count == InFlight)
            {
                await _inFlight.Dequeue();
            }

            var payload = new ArrayBufferWriter<byte>(1024);
            encoder.Encode(readings, payload);
            _inFlight.Enqueue(client.PublishAsync(_topics.TopicFor(readings[0].Meter, encoder.Name), payload.WrittenMemory, cancel));
            Readings += readings.Length;
            Messages++;
            _progress.Show(string.Create(CultureInfo.InvariantCulture, $"{Readings} readings published"));
        }
    }
}
