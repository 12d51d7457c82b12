// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Globalization;
using System.Text;
using Detector.Host.Configuration;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Journal;
using Detector.Pipeline;

namespace Detector.Host.Verbs;

/// <summary><c>dead-letters</c>: what did not decode, kept whole; and bringing it back after a mapping is mended.</summary>
internal static class DeadLettersVerb
{
    private const int Page = 1000;

    public static Command Build() => new("dead-letters", """
        Messages that did not decode, kept with their bytes and the reason.

        Examples:
          detector dead-letters list --data data
          detector dead-letters show 17 --data data
          detector dead-letters replay --data data --config mended.json
        """)
    {
        List(),
        Show(),
        Replay(),
    };

    private static Command List()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var limit = new Option<int>("--limit") { Description = "At most so many.", DefaultValueFactory = _ => Page };
        var command = new Command("list", "Lists open dead letters, oldest first.") { format, limit };
        common.AddTo(command, listens: false);
        command.SetAction(parsed =>
        {
            using var book = OpenBook(common.Load(parsed));
            var listing = new Listing("id", "position", "arrived", "topic", "kind", "at_byte", "bytes", "reason");
            foreach (var letter in book.DeadLetters(0, parsed.GetValue(limit)))
            {
                listing.Add(letter.Id, letter.Position, letter.ArrivedAt, letter.Topic, letter.Kind, letter.AtByte, letter.Payload.Length, letter.Reason);
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }

    private static Command Show()
    {
        var common = new CommonOptions();
        var id = new Argument<long>("ID") { Description = "Its id, from the list." };
        var command = new Command("show", "Shows one letter whole: reason, place, bytes.") { id };
        common.AddTo(command, listens: false);
        command.SetAction(parsed =>
        {
            using var book = OpenBook(common.Load(parsed));
            var letter = book.DeadLetter(parsed.GetValue(id)) ?? throw new UsageException($"There is no dead letter {parsed.GetValue(id)}.");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                id        {letter.Id} ({letter.State})
                position  {letter.Position}
                arrived   {Metering.UtcText.Write(letter.ArrivedAt)}
                topic     {letter.Topic}
                reason    {letter.Reason} ({letter.Kind}, at byte {letter.AtByte})
                bytes     {letter.Payload.Length}
                """));
            WriteBytes(letter.Payload);
        });
        return command;
    }

    private static Command Replay()
    {
        var common = new CommonOptions();
        var ids = new Argument<long[]>("ID") { Description = "Which; all open ones where none is named.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("replay", "Decodes letters again with today's codecs and mappings. A running service does it itself, with its own configuration.") { ids };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = common.Load(parsed);
            long[]? chosen = parsed.GetValue(ids) is { Length: > 0 } named ? named : null;
            RequireOpen(settings, chosen ?? []);
            var outcome = await ReplayAsync(settings, chosen, cancel);
            var listing = new Listing("replayed", "still_dead", "readings");
            listing.Add(outcome.Replayed, outcome.StillDead, outcome.Readings);
            listing.Write(Console.IsOutputRedirected ? OutputFormat.Json : OutputFormat.Table, Console.Out);
            return outcome.StillDead == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<ReplayOutcome> ReplayAsync(Settings settings, long[]? ids, CancellationToken cancel)
    {
        try
        {
            await using var parts = await OfflineParts.OpenAsync(settings, cancel);
            await parts.Relay.Relay.DrainAsync(progress: null, cancel);
            return await parts.Relay.DeadLetters.ReplayAsync(ids, cancel);
        }
        catch (JournalInUseException)
        {
            return await AskServiceAsync(settings, ids, cancel);
        }
    }

    private static async Task<ReplayOutcome> AskServiceAsync(Settings settings, long[]? ids, CancellationToken cancel)
    {
        using var book = OpenBook(settings);
        var before = book.DeadLetters(0, int.MaxValue).Count;
        var asked = book.RequestReplay(ids);
        using var progress = new ProgressLine();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (book.HasRequests() && await timer.WaitForNextTickAsync(cancel))
        {
            progress.Show($"The running service replays {asked} letters");
        }

        var left = book.DeadLetters(0, int.MaxValue).Count;
        var stillDead = Math.Clamp(left - (before - asked), 0, asked);
        return new ReplayOutcome(asked - stillDead, stillDead, 0);
    }

    // Before anything is opened for writing: a letter that is not there would be replayed without a word.
    private static void RequireOpen(Settings settings, long[] ids)
    {
        using var book = OpenBook(settings);
        if (Array.FindAll(ids, id => book.DeadLetter(id) is null or { State: "replayed" }) is { Length: > 0 } unknown)
        {
            throw new UsageException($"There is no open dead letter {string.Join(", ", unknown)}; see them with: detector dead-letters list");
        }
    }

    private static Book OpenBook(Settings settings) => KeptStores.OpenBook(settings, "There are no dead letters");

    private static void WriteBytes(byte[] payload)
    {
        const int Width = 16;
        for (var at = 0; at < payload.Length; at += Width)
        {
            var line = payload.AsSpan(at, Math.Min(Width, payload.Length - at));
            var text = new StringBuilder();
            foreach (var b in line)
            {
                text.Append(b is >= 0x20 and < 0x7F ? (char)b : '.');
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{at,8:x}  {Convert.ToHexStringLower(line),-32}  {text}"));
        }
    }
}
