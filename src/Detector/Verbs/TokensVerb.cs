// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Host.Hosting;
using Detector.Host.Terminal;

namespace Detector.Host.Verbs;

/// <summary><c>tokens</c>: bearer tokens, shown once and kept hashed.</summary>
internal static class TokensVerb
{
    public static Command Build()
    {
        var command = new Command("tokens", """
            Bearer tokens for the API and the console.

            Examples:
              detector tokens create wang.li --data data
              detector tokens list --data data
              detector tokens revoke 3 --data data
            """)
        {
            Create(),
            List(),
            Revoke(),
        };
        return command;
    }

    private static Command Create()
    {
        var common = new CommonOptions();
        var name = new Argument<string>("NAME") { Description = "The user the token speaks for." };
        var days = new Option<int?>("--days") { Description = "Days until it expires; a year by default." };
        var command = new Command("create", "Makes a token and prints it, and nothing else. It cannot be shown again.") { name, days };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            using var access = Parts.OpenAccess(common.Load(parsed));
            TimeSpan? expires = parsed.GetValue(days) is { } given ? TimeSpan.FromDays(given) : null;
            var outcome = await access.CreateTokenAsync(parsed.GetValue(name)!, expires, cancel);
            Console.WriteLine(outcome.Succeeded ? outcome.Value : throw new UsageException(outcome.Fault!.Text));
        });
        return command;
    }

    private static Command List()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var command = new Command("list", "Lists tokens, never their text.") { format };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            using var access = KeptStores.OpenAccess(common.Load(parsed));
            var listing = new Listing("id", "user", "created", "expires", "revoked");
            foreach (var token in await access.TokensAsync(cancel))
            {
                listing.Add(token.Id, token.User, token.Created, token.Expires, token.Revoked);
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }

    private static Command Revoke()
    {
        var common = new CommonOptions();
        var id = new Argument<long>("ID") { Description = "The token's id, from the list." };
        var command = new Command("revoke", "Ends a token at once.") { id };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            using var access = KeptStores.OpenAccess(common.Load(parsed));
            var outcome = await access.RevokeTokenAsync(parsed.GetValue(id), cancel);
            return outcome.Succeeded ? ExitCode.Done : throw new UsageException(outcome.Fault!.Text);
        });
        return command;
    }
}
