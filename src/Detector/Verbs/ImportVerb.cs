// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Detector.Codecs;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Journal;
using Detector.Recordings;

namespace Detector.Host.Verbs;

/// <summary><c>import</c>: bulk load of history through the same journal, validation and ledger, without MQTT.</summary>
internal static class ImportVerb
{
    private const int ReadingsPerMessage = 1000;
    private const int MessagesPerDrain = 500;

    public static Command Build()
    {
        var common = new CommonOptions();
        var readings = new Option<string>("--readings") { Description = "A readings file, or a folder searched recursively.", Required = true, HelpName = "PATH" };
        var sites = new Option<string?>("--sites") { Description = "Sites file; becomes the register of the data folder.", HelpName = "FILE" };
        var command = new Command("import", """
            Loads history into a data folder while no service runs on it. Readings that are there already count as duplicates,
            so an import that was stopped is simply run again.

            Examples:
              detector import --readings recordings/ --data data
              detector import --readings 2025.parquet --sites sites.csv --data data
            """) { readings, sites };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = common.Load(parsed);
            var source = ReadingsSource.Open(parsed.GetValue(readings)!);
            if (parsed.GetValue(sites) is { } file)
            {
                Directory.CreateDirectory(settings.Data.Folder);
                SitesFile.Write(Path.Combine(settings.Data.Folder, Parts.SitesFileName), SitesFile.Read(file));
            }

            await using var parts = await OpenAsync(settings, cancel);
            await LoadAsync(parts, source, Parts.MakeDecoder(settings), cancel);
            var account = parts.Relay.Relay.Snapshot();
            var listing = new Listing("received", "stored", "duplicate", "quarantined", "dead_lettered", "pending");
            listing.Add(account.Received, account.Stored, account.Duplicate, account.Quarantined, account.DeadLettered, account.Pending);
            listing.Write(Console.IsOutputRedirected ? OutputFormat.Json : OutputFormat.Table, Console.Out);
        });
        return command;
    }

    private static async Task<OfflineParts> OpenAsync(Configuration.Settings settings, CancellationToken cancel)
    {
        try
        {
            return await OfflineParts.OpenAsync(settings, cancel);
        }
        catch (JournalInUseException)
        {
            throw new UsageException($"A service runs on {settings.Data.Folder}; stop it first, or publish to it with: detector replay");
        }
    }

    private static async Task LoadAsync(OfflineParts parts, ReadingsSource source, MessageDecoder decoder, CancellationToken cancel)
    {
        const string Codec = "json";
        if (!CodecCatalog.Default().TryGetEncoder(Codec, out var encoder))
        {
            throw new InvalidOperationException($"BUG: the codec {Codec} does not encode.");
        }

        using var progress = new ProgressLine();
        var payload = new ArrayBufferWriter<byte>();
        var messages = 0;
        long loaded = 0;
        foreach (var chunk in source.Readings().GroupAdjacent(ReadingsPerMessage))
        {
            payload.ResetWrittenCount();
            encoder.Encode(chunk, payload);
            var topic = Encoding.UTF8.GetBytes(decoder.TopicFor(chunk[0].Meter, Codec));
            var position = await parts.Journal.AppendAsync(TimeProvider.System.GetUtcNow(), topic, new ReadOnlySequence<byte>(payload.WrittenMemory), cancel);
            loaded += chunk.Length;
            if (++messages % MessagesPerDrain == 0)
            {
                await parts.Journal.FlushedAsync(position, cancel);
                await parts.Relay.Relay.DrainAsync(null, cancel);
                progress.Show(string.Create(CultureInfo.InvariantCulture, $"{loaded} readings loaded"));
            }
        }

        await parts.Journal.FlushedAsync(parts.Journal.LastSequence, cancel);
        await parts.Relay.Relay.DrainAsync(null, cancel);
        progress.Show(string.Create(CultureInfo.InvariantCulture, $"{loaded} readings loaded"), always: true);
    }
}
