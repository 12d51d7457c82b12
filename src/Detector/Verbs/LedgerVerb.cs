// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Host.Configuration;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Pipeline;

namespace Detector.Host.Verbs;

/// <summary><c>ledger</c>: the account of readings, from the data folder, whether a service runs or not.</summary>
internal static class LedgerVerb
{
    public static Command Build()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var verify = new Option<bool>("--verify") { Description = "Count the rows of every store and compare; the service must not be running with the embedded timeline." };
        var command = new Command("ledger", """
            The account of readings: received = stored + duplicate + quarantined + dead-lettered + pending.

            Examples:
              detector ledger --data data
              detector ledger --data data --verify --format json
            """) { format, verify };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            var settings = common.Load(parsed);
            using var book = KeptStores.OpenBook(settings, "There is no account");
            var account = book.Snapshot();
            var listing = new Listing("received", "stored", "duplicate", "quarantined", "dead_lettered", "pending", "balances");
            listing.Add(account.Received, account.Stored, account.Duplicate, account.Quarantined, account.DeadLettered, account.Pending, account.Balances);
            listing.Write(FormatOption.Of(parsed, format), Console.Out);
            var faults = account.Balances ? [] : new List<string> { "The account does not balance." };
            if (parsed.GetValue(verify))
            {
                faults.AddRange(await VerifyAsync(settings, book, account, cancel));
            }

            faults.ForEach(Console.Error.WriteLine);
            return faults.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static async Task<List<string>> VerifyAsync(Settings settings, Book book, LedgerSnapshot account, CancellationToken cancel)
    {
        await using var timeline = await Parts.OpenTimelineAsync(settings, cancel);
        var rows = await timeline.CountAsync(cancel);
        var (letters, held) = book.Recount();
        List<string> faults = [];
        var expired = timeline.Retention is { } retention ? await retention.ExpiredAsync(cancel) : 0;
        Compare(faults, "stored", account.Stored, rows + expired, expired == 0 ? "rows in the timeline" : $"rows in the timeline and readings that have expired ({rows} and {expired})");
        Compare(faults, "dead_lettered", account.DeadLettered, letters, "dead letters");
        Compare(faults, "quarantined", account.Quarantined, held, "readings in quarantine");
        if (faults.Count == 0)
        {
            await Console.Error.WriteLineAsync($"Verified: {rows} rows in the timeline, {expired} readings that have expired, {letters} dead letters, {held} readings in quarantine.");
        }

        return faults;
    }

    private static void Compare(List<string> faults, string name, long counted, long found, string what)
    {
        if (counted != found)
        {
            faults.Add($"The account says {name} = {counted}, but there are {found} {what}.");
        }
    }
}
