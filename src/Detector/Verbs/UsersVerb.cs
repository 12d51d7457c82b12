// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Access;
using Detector.Host.Hosting;
using Detector.Host.Terminal;

namespace Detector.Host.Verbs;

/// <summary><c>users</c>: people and their roles.</summary>
internal static class UsersVerb
{
    public static Command Build()
    {
        var command = new Command("users", """
            People and their roles: operator, supervisor, analyst, auditor, admin.

            Examples:
              detector users add wang.li --role operator --data data
              detector users add zhao.min --role operator --region Hainan --data data
              detector users list --data data
              detector users change wang.li --role supervisor --region Hainan --region Guangdong --data data
              detector users end zhao.min --data data
            """)
        {
            Add(),
            List(),
            Change(),
            End(),
        };
        return command;
    }

    private static Command Add()
    {
        var common = new CommonOptions();
        var name = new Argument<string>("NAME") { Description = "The user's name." };
        var role = new Option<string>("--role") { Description = "operator, supervisor, analyst, auditor or admin.", Required = true };
        role.AcceptOnlyFromAmong([.. RoleNames.All.Select(r => r.Name())]);
        var regions = new Option<string[]>("--region") { Description = "A region to which the user is limited; may be given several times." };
        var feeders = new Option<string[]>("--feeder") { Description = "A feeder to which the user is limited; may be given several times." };
        var command = new Command("add", "Adds a user. Limited to regions or feeders, what is elsewhere does not exist for them, in the console and by the API.") { name, role, regions, feeders };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            if (!RoleNames.TryParse(parsed.GetValue(role), out var granted))
            {
                throw new UsageException($"--role is '{parsed.GetValue(role)}'; the roles are {string.Join(", ", RoleNames.All.Select(r => r.Name()))}.");
            }

            using var access = Parts.OpenAccess(common.Load(parsed));
            var scope = AccessScope.Of(parsed.GetValue(regions) ?? [], parsed.GetValue(feeders) ?? []);
            var outcome = await access.AddUserAsync(parsed.GetValue(name)!, granted, scope, cancel);
            return outcome.Succeeded ? ExitCode.Done : throw new UsageException(outcome.Fault!.Text);
        });
        return command;
    }

    private static Command List()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var command = new Command("list", "Lists users.") { format };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            using var access = KeptStores.OpenAccess(common.Load(parsed));
            var listing = new Listing("name", "role", "created", "regions", "feeders", "ended");
            foreach (var user in await access.UsersAsync(cancel))
            {
                listing.Add(user.Name, user.Role.Name(), user.Created, string.Join(' ', user.Scope?.Regions ?? []), string.Join(' ', user.Scope?.Feeders ?? []), user.Ended);
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }

    private static Command Change()
    {
        var common = new CommonOptions();
        var name = new Argument<string>("NAME") { Description = "The user's name." };
        var role = new Option<string?>("--role") { Description = "The role from now on; as it is without." };
        role.AcceptOnlyFromAmong([.. RoleNames.All.Select(r => r.Name())]);
        var regions = new Option<string[]>("--region") { Description = "A region to which the user is limited from now on; may be given several times." };
        var feeders = new Option<string[]>("--feeder") { Description = "A feeder to which the user is limited from now on; may be given several times." };
        var everywhere = new Option<bool>("--everywhere") { Description = "Takes every limit away." };
        var command = new Command("change", "Gives a user another role or other limits; tokens and open sessions follow at once.") { name, role, regions, feeders, everywhere };
        common.AddTo(command, listens: false);
        command.Validators.Add(result =>
        {
            var (limited, unlimited) = (result.GetResult(regions) is not null || result.GetResult(feeders) is not null, result.GetValue(everywhere));
            if (limited && unlimited)
            {
                result.AddError("--everywhere goes with neither --region nor --feeder.");
            }
            else if (!limited && !unlimited && result.GetResult(role) is null)
            {
                result.AddError("Say what changes: --role, --region, --feeder or --everywhere.");
            }
        });
        command.SetAction(async (parsed, cancel) =>
        {
            using var access = KeptStores.OpenAccess(common.Load(parsed));
            var now = (await access.UsersAsync(cancel)).FirstOrDefault(u => string.Equals(u.Name, parsed.GetValue(name), StringComparison.OrdinalIgnoreCase))
                ?? throw new UsageException($"There is no user '{parsed.GetValue(name)}'; see them with: detector users list");
            var granted = RoleNames.TryParse(parsed.GetValue(role), out var other) ? other : now.Role;
            var limits = AccessScope.Of(parsed.GetValue(regions) ?? [], parsed.GetValue(feeders) ?? []);
            var outcome = await access.ChangeUserAsync(now.Name, granted, limits ?? (parsed.GetValue(everywhere) ? null : now.Scope), cancel);
            return outcome.Succeeded ? ExitCode.Done : throw new UsageException(outcome.Fault!.Text);
        });
        return command;
    }

    private static Command End()
    {
        var common = new CommonOptions();
        var name = new Argument<string>("NAME") { Description = "The user's name." };
        var command = new Command("end", "Ends a user's access for good, with every token and session. The name stays taken: the audit knows the person by it.") { name };
        common.AddTo(command, listens: false);
        command.SetAction(async (parsed, cancel) =>
        {
            using var access = KeptStores.OpenAccess(common.Load(parsed));
            var outcome = await access.EndUserAsync(parsed.GetValue(name)!, cancel);
            return outcome.Succeeded ? ExitCode.Done : throw new UsageException(outcome.Fault!.Text);
        });
        return command;
    }
}
