// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Cases.Queues.Webhooks;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Host.Verbs;

/// <summary><c>webhooks</c>: how far each endpoint is, what it did not take, and posting that again.</summary>
internal static class WebhooksVerb
{
    private const int Page = 1000;

    public static Command Build() => new("webhooks", """
        Endpoints that events are posted to (Queue:Webhooks), whether a service runs or not.

        Examples:
          detector webhooks list --config detector.json
          detector webhooks parked crm --config detector.json
          detector webhooks replay crm --subject c-12 --config detector.json
        """)
    {
        List(),
        Parked(),
        Replay(),
    };

    private static Command List()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var command = new Command("list", "Lists the endpoints and how far each is.") { format };
        common.AddTo(command, listens: false);
        command.SetAction((parsed, cancel) => WithBookAsync(common, parsed, async book =>
        {
            var listing = new Listing("endpoint", "position", "waiting", "parked");
            foreach (var state in await book.StatesAsync(cancel))
            {
                listing.Add(state.Endpoint, state.Position, state.Waiting, state.Parked);
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        }, cancel));
        return command;
    }

    private static Command Parked()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var endpoint = EndpointArgument();
        var command = new Command("parked", "Lists events that an endpoint did not take, with those that wait behind them.") { endpoint, format };
        common.AddTo(command, listens: false);
        command.SetAction((parsed, cancel) => WithBookAsync(common, parsed, async book =>
        {
            var name = Known(book, parsed.GetValue(endpoint)!);
            var listing = new Listing("sequence", "subject", "type", "parked_at", "attempts", "fault", "replay");
            var after = 0L;
            while (await book.ParkedAsync(name, after, Page, cancel) is { Count: > 0 } page)
            {
                foreach (var parkedNow in page)
                {
                    listing.Add(parkedNow.Sequence, parkedNow.Subject, parkedNow.Type, parkedNow.ParkedAt, parkedNow.Attempts, parkedNow.Fault, parkedNow.Replay);
                }

                after = page[^1].Sequence;
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        }, cancel));
        return command;
    }

    private static Command Replay()
    {
        var common = new CommonOptions();
        var endpoint = EndpointArgument();
        var subject = new Option<string[]>("--subject") { Description = "Only this case or site; may be given several times." };
        var command = new Command("replay", "Has parked events posted again, in order, by the service that runs.") { endpoint, subject };
        common.AddTo(command, listens: false);
        command.SetAction((parsed, cancel) => WithBookAsync(common, parsed, async book =>
        {
            var subjects = parsed.GetValue(subject) is { Length: > 0 } named ? named : null;
            var events = await book.ReplayAsync(Known(book, parsed.GetValue(endpoint)!), subjects, Environment.UserName, cancel);
            Console.WriteLine($"{events} events will be posted again");
        }, cancel));
        return command;
    }

    private static Argument<string> EndpointArgument() => new("ENDPOINT") { Description = "Its name in Queue:Webhooks:Endpoints." };

    private static string Known(WebhookBook book, string endpoint) =>
        book.Knows(endpoint) ? endpoint : throw new UsageException($"There is no webhook '{endpoint}' in Queue:Webhooks:Endpoints.");

    private static async Task WithBookAsync(CommonOptions common, ParseResult parsed, Func<WebhookBook, Task> work, CancellationToken cancel)
    {
        var settings = common.Load(parsed);
        await using var desk = await KeptStores.OpenDeskAsync(settings, cancel);
        await work(new WebhookBook(desk, settings.Queue, NullLoggerFactory.Instance));
    }
}
