// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Cases.Dossier;
using Detector.Cases.Outbox;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;

namespace Detector.Cases.Tests.PowerCuts;

/// <summary>kill -9 between any two steps of a change, of the outbox and of a dossier, seeded: nothing lost, nothing half-made, the chain intact.</summary>
public sealed class PowerCutTests
{
    private const string Inbox = "inbox";
    private const int LatestStep = 150;

    /// <summary>A few in everyday runs; <c>DETECTOR_POWER_CUTS=100</c> for as many as are promised (docs/cases.md).</summary>
    private static readonly int Cuts = int.Parse(Environment.GetEnvironmentVariable("DETECTOR_POWER_CUTS") is { Length: > 0 } cuts ? cuts : "12", CultureInfo.InvariantCulture);

    [Test]
    public async Task Killed_between_any_two_steps_no_event_is_lost_none_comes_twice_to_who_honours_ids_and_nothing_is_half_made()
    {
        using var folder = new TemporaryFolder();
        await using var server = await RabbitServer.StartAsync();
        await using var connection = await new ConnectionFactory { Uri = new Uri(server.Url) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync("detector", ExchangeType.Topic, durable: true);
        await channel.QueueDeclareAsync(Inbox, durable: true, exclusive: false, autoDelete: false);
        await channel.QueueBindAsync(Inbox, "detector", "detector.#");

        var places = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var events = new List<OutboxEvent>();
        for (var seed = 1; seed <= Cuts; seed++)
        {
            var where = await CutAsync(folder.Path, server.Url, seed);
            places[where] = places.GetValueOrDefault(where) + 1;
            events = await CheckAsync(folder.Path, events, $"seed {seed}, {where}");
        }

        await TestContext.Out.WriteLineAsync(string.Join('\n', places.Select(p => $"{p.Value,4} {p.Key}")));
        await using (var last = Start(folder.Path, server.Url, seed: 0, step: 0))
        {
            Assert.That(await last.EndAsync(TimeSpan.FromMinutes(1)), Is.Zero, last.Output);
        }

        Assert.That(places.Keys.Count(p => p.Contains("before Add", StringComparison.Ordinal) || p.Contains("commit", StringComparison.Ordinal)), Is.Positive, "none was cut within a change");
        if (Cuts >= 100)
        {
            Assert.That(places.Keys, Has.Some.Contain("published").And.Some.Contain("confirmed").And.Some.Contain("dossier").And.Some.Contain("before the commit").And.Some.Contain("after the commit"));
        }

        var arrived = await ArrivedAsync(channel);
        await TestContext.Out.WriteLineAsync($"{Cuts} cuts, {events.Count} events, {arrived.Count} messages");
        var once = arrived.DistinctBy(m => m.Id).ToList();
        var kept = events.ToDictionary(e => e.Id);
        Assert.That(once.Select(m => m.Id), Is.EquivalentTo(kept.Keys), "lost, or made up");
        Assert.That(arrived.Where(m => m.Body != kept[m.Id].ToCloudEventJson()), Is.Empty, "a repeat says what the first said");
        foreach (var subject in once.Select(m => kept[m.Id]).GroupBy(e => e.Subject))
        {
            Assert.That(subject.Select(e => e.Sequence), Is.Ordered, subject.Key);
        }
    }

    /// <summary>Lets a worker begin and kill itself, and says where it did.</summary>
    private static async Task<string> CutAsync(string folder, string broker, int seed)
    {
        await using var worker = Start(folder, broker, seed, new Random(seed).Next(1, LatestStep));
        Assert.That(await worker.EndAsync(TimeSpan.FromMinutes(1)), Is.EqualTo(128 + 9), $"not killed: {worker.Output}");
        return worker.Output.Trim();
    }

    private static ServerProcess Start(string folder, string broker, int seed, int step) => ServerProcess.Start(
        "dotnet",
        [typeof(PowerCutWorker).Assembly.Location, folder, broker, seed.ToString(CultureInfo.InvariantCulture), step.ToString(CultureInfo.InvariantCulture)]);

    /// <summary>What must hold after every cut; gives the events, which only ever grow.</summary>
    private static async Task<List<OutboxEvent>> CheckAsync(string folder, List<OutboxEvent> before, string when)
    {
        await using var desk = await CaseDesk.OpenAsync(new CasesOptions(), folder, TimeProvider.System, NullLoggerFactory.Instance, default);
        Assert.That((await desk.VerifyAuditAsync(null, default)).FirstFault, Is.Null, when);
        var events = await desk.EventsAsync(0, default).ToListAsync();
        Assert.That(events.Take(before.Count), Is.EqualTo(before), $"{when}: an event was lost or changed");
        foreach (var found in await desk.ListAsync(new CaseFilter(), default))
        {
            var detail = (await desk.GetAsync(found.Id, default))!;
            var told = events.Where(e => e.Subject == found.Id).Select(e => e.Sequence);
            Assert.That(detail.Events.Where(e => e.Kind != CaseEventKind.Suppressed).Select(e => e.Sequence), Is.EqualTo(told), $"{when}: {found.Id} has an event that is not told, or the other way");
        }

        var dossiers = Path.Combine(folder, "dossiers");
        foreach (var file in Directory.Exists(dossiers) ? Directory.GetFiles(dossiers, "*.zip") : [])
        {
            Assert.That(DossierVerifier.Verify(file).FirstFault, Is.Null, $"{when}: {file}");
        }

        return events;
    }

    private static async Task<List<(string Id, string Body)>> ArrivedAsync(IChannel channel)
    {
        var arrived = new List<(string Id, string Body)>();
        while (await channel.BasicGetAsync(Inbox, autoAck: true) is { } message)
        {
            arrived.Add((message.BasicProperties.MessageId!, Encoding.UTF8.GetString(message.Body.Span)));
        }

        return arrived;
    }
}
