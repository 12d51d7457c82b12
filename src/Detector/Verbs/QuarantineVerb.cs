// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Host.Configuration;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Journal;
using Detector.Metering;
using Detector.Pipeline;

namespace Detector.Host.Verbs;

/// <summary><c>quarantine</c>: readings that a rule holds back, kept whole; and letting them go once nothing does.</summary>
internal static class QuarantineVerb
{
    private const int Page = 1000;

    public static Command Build() => new("quarantine", """
        Readings that decoded but that a rule holds back, kept whole with the rule and the reason.

        Examples:
          detector quarantine list --data data
          detector quarantine release --data data --rule future_time
          detector quarantine release 3 4 --data data --config higher-limit.json
        """)
    {
        List(),
        Release(),
    };

    private static Command List()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var limit = new Option<int>("--limit") { Description = "At most so many.", DefaultValueFactory = _ => Page };
        var after = new Option<long>("--after") { Description = "Only those with an id over this one: the last of the page before." };
        var command = new Command("list", "Lists readings in quarantine, oldest first.") { format, limit, after };
        common.AddTo(command, listens: false);
        command.SetAction(parsed =>
        {
            using var book = OpenBook(common.Load(parsed));
            var listing = new Listing("id", "position", "meter", "time", "kw", "rule", "reason");
            foreach (var held in book.Quarantine(parsed.GetValue(after), parsed.GetValue(limit)))
            {
                var power = held.Reading.PowerKilowatts;
                listing.Add(held.Id, held.Position, held.Reading.Meter.Value, held.Reading.Time, double.IsFinite(power) ? power : null, held.Rule, held.Reason);
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }

    private static Command Release()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var ids = new Argument<long[]>("ID") { Description = "Which; all where none is named.", Arity = ArgumentArity.ZeroOrMore };
        var rule = new Option<string?>("--rule") { Description = "Only those that this rule holds back, such as future_time." };
        var meter = new Option<string?>("--meter") { Description = "Only those of this meter." };
        var command = new Command("release", """
            Judges readings again by today's rules, register and clock, and stores what passes. Nothing passes a rule that still holds: change its setting, or the register, first.
            A running service does it itself, with its own configuration.
            """) { ids, rule, meter, format };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = common.Load(parsed);
            var outcome = await ReleaseAsync(settings, Choice(parsed.GetValue(ids), parsed.GetValue(rule), parsed.GetValue(meter)), cancel);
            var listing = new Listing("released", "still_held");
            listing.Add(outcome.Released, outcome.StillHeld);
            listing.Write(FormatOption.Of(parsed, format), Console.Out);
            return outcome.StillHeld == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static QuarantineChoice Choice(long[]? ids, string? rule, string? meter)
    {
        MeterId? named = null;
        if (meter is not null)
        {
            named = MeterId.TryOf(meter, out var id) ? id : throw new UsageException($"'{meter}' is no name of a meter.");
        }

        return new QuarantineChoice(ids is { Length: > 0 } ? ids : null, rule, named);
    }

    private static async Task<ReleaseOutcome> ReleaseAsync(Settings settings, QuarantineChoice choice, CancellationToken cancel)
    {
        // Refused before anything is opened for writing.
        using (var book = OpenBook(settings))
        {
            var gone = choice.Ids?.Where(id => book.Quarantine(id - 1, 1) is not [{ Id: var held }] || held != id).ToList() ?? [];
            if (gone.Count > 0)
            {
                throw new UsageException($"There is no reading {string.Join(", ", gone)} in quarantine; see what there is with: detector quarantine list");
            }
        }

        var by = $"{Environment.UserName} at the command line";
        try
        {
            await using var parts = await OfflineParts.OpenAsync(settings, cancel);
            await parts.Relay.Relay.DrainAsync(progress: null, cancel);
            return await parts.Relay.Quarantine.ReleaseAsync(choice, by, cancel);
        }
        catch (JournalInUseException)
        {
            return await AskServiceAsync(settings, choice, by, cancel);
        }
    }

    private static async Task<ReleaseOutcome> AskServiceAsync(Settings settings, QuarantineChoice choice, string by, CancellationToken cancel)
    {
        using var book = OpenBook(settings);
        var asked = book.RequestRelease(choice, by);
        using var progress = new ProgressLine();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (book.HasRequests() && await timer.WaitForNextTickAsync(cancel))
        {
            progress.Show($"The running service judges {asked.Count} readings again");
        }

        var released = book.CountReleased(asked);
        return new ReleaseOutcome(released, asked.Count - released);
    }

    private static Book OpenBook(Settings settings) => KeptStores.OpenBook(settings, "There is no quarantine");
}
