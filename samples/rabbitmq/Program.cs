// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Samples.RabbitMq;
using Microsoft.Data.Sqlite;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

// A consumer of Detector's events from RabbitMQ: keeps each event once, confirms it only when it is kept, and puts aside what it cannot read.
//
//     dotnet run --project samples/rabbitmq -- amqp://guest:guest@localhost:5672 events.db
//
// What a consumer of your own must do is below: a durable queue of its own before events matter, the id against repeats,
// the acknowledgement last, and a dead-letter exchange so that one bad message never blocks the others.
if (args is not [var url, var file])
{
    await Console.Error.WriteLineAsync("usage: rabbit-consumer amqp://USER:PASSWORD@HOST:PORT STORE-FILE");
    return 2;
}

const string Queue = "crm";
const string Dead = "crm.dead";
using var store = new EventStore(file);
using var stop = new CancellationTokenSource();
var failed = false;
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

// Automatic recovery: when the broker is away the client connects again, and what was not acknowledged comes again.
var factory = new ConnectionFactory { Uri = new Uri(url), AutomaticRecoveryEnabled = true, NetworkRecoveryInterval = TimeSpan.FromSeconds(1), ClientProvidedName = "crm" };
await using var connection = await factory.CreateConnectionAsync(stop.Token);
await using var channel = await connection.CreateChannelAsync(cancellationToken: stop.Token);
await channel.ExchangeDeclareAsync("detector", ExchangeType.Topic, durable: true, cancellationToken: stop.Token);
await channel.ExchangeDeclareAsync(Dead, ExchangeType.Fanout, durable: true, cancellationToken: stop.Token);
await channel.QueueDeclareAsync(Dead, durable: true, exclusive: false, autoDelete: false, cancellationToken: stop.Token);
await channel.QueueBindAsync(Dead, Dead, string.Empty, cancellationToken: stop.Token);
await channel.QueueDeclareAsync(
    Queue,
    durable: true,
    exclusive: false,
    autoDelete: false,
    new Dictionary<string, object?>
    {
        ["x-dead-letter-exchange"] = Dead,
        ["x-single-active-consumer"] = true, // two copies of this program share no subject's order; the second waits for the first to go
    },
    cancellationToken: stop.Token);
await channel.QueueBindAsync(Queue, "detector", "detector.#", cancellationToken: stop.Token);
await channel.BasicQosAsync(0, prefetchCount: 50, global: false, stop.Token);

var consumer = new AsyncEventingBasicConsumer(channel); // one at a time, in order
consumer.ReceivedAsync += async (_, message) =>
{
    try
    {
        var happened = ReceivedEvent.Read(message.Body.ToArray());
        Console.WriteLine($"{(store.Keep(happened) ? "event" : "repeat")} {happened.Sequence} {happened.Subject} {happened.Type}");
        await channel.BasicAckAsync(message.DeliveryTag, multiple: false);
    }
    catch (Exception bad) when (bad is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
    {
        await Console.Error.WriteLineAsync($"put aside in {Dead}: {bad.Message}");
        await channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: false);
    }
    catch (SqliteException full)
    {
        await Console.Error.WriteLineAsync($"cannot keep events, so none is acknowledged and all come again: {full.Message}");
        failed = true;
        await stop.CancelAsync();
    }
};
await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, stop.Token);
Console.WriteLine("ready");
await Task.Delay(Timeout.Infinite, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
return failed ? 1 : 0;
