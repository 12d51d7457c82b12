// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Host.Hosting;
using Detector.Host.Terminal;
using Detector.Intake.Clients;

namespace Detector.Host.Verbs;

/// <summary><c>clients</c>: meters and gateways that connect to the embedded broker by name and password.</summary>
internal static class ClientsVerb
{
    public static Command Build() => new("clients", """
        Meters and gateways that connect to the embedded broker by name and password. A running service knows a change at once.
        With the first client, those without credentials are no longer let in (Mqtt:Clients:Anonymous).

        Examples:
          detector clients add m-17 --data data
          detector clients add gateway-1 --stdin --data data < password
          detector clients list --data data
          detector clients remove m-17 --data data
        """)
    {
        Add(),
        List(),
        Remove(),
    };

    private static Command Add()
    {
        var common = new CommonOptions();
        var name = new Argument<string>("NAME") { Description = "The client's name; a meter's is its id." };
        var stdin = new Option<bool>("--stdin") { Description = "Reads the password from the first line of standard input, at least 12 characters, and prints nothing." };
        var command = new Command("add", "Adds a client, or gives it a new password. Prints the password it makes, and nothing else; it cannot be shown again.") { name, stdin };
        common.AddTo(command, listens: false);
        command.SetAction(parsed =>
        {
            var settings = common.Load(parsed);
            var chosen = parsed.GetValue(stdin) ? Console.In.ReadLine() ?? string.Empty : null;
            try
            {
                if (ClientsFile.Add(settings.Mqtt.Clients.File, parsed.GetValue(name)!, chosen) is { } made)
                {
                    Console.WriteLine(made);
                }
            }
            catch (ArgumentException fault)
            {
                throw new UsageException(fault.Message);
            }
        });
        return command;
    }

    private static Command List()
    {
        var common = new CommonOptions();
        var format = FormatOption.Make();
        var command = new Command("list", "Lists clients, never their passwords.") { format };
        common.AddTo(command, listens: false);
        command.SetAction(parsed =>
        {
            var settings = common.Load(parsed);
            KeptStores.RequireFolder(settings);
            var clients = settings.Mqtt.Clients;
            var listing = new Listing("name", "blocked");
            foreach (var name in ClientsFile.Read(clients.File).Names)
            {
                listing.Add(name, clients.Blocked.Contains(name));
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }

    private static Command Remove()
    {
        var common = new CommonOptions();
        var name = new Argument<string>("NAME") { Description = "The client's name." };
        var command = new Command("remove", "Removes a client. A connection that it has stays until it ends; its next one is refused.") { name };
        common.AddTo(command, listens: false);
        command.SetAction(parsed => ClientsFile.Remove(common.Load(parsed).Mqtt.Clients.File, parsed.GetValue(name)!)
            ? ExitCode.Done
            : throw new UsageException($"There is no client '{parsed.GetValue(name)}'."));
        return command;
    }
}
