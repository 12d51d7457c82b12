// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.CommandLine.Invocation;
using Detector.Host.Verbs;

namespace Detector.Host;

/// <summary>The command line: one line a verb.</summary>
internal static class CommandLine
{
    public static RootCommand Build()
    {
        var root = new RootCommand("Detector: tells the load of hash-rate mining from honest flat load, from meter readings to reviewed cases.");
        root.Add(DemoVerb.Build());
        root.Add(ServeVerb.Build());
        root.Add(ReplayVerb.Build());
        root.Add(ImportVerb.Build());
        root.Add(ExportVerb.Build());
        root.Add(ScoreVerb.Build());
        root.Add(SimulateVerb.Build());
        root.Add(TrainVerb.Build());
        root.Add(EvaluateVerb.Build());
        root.Add(BacktestVerb.Build());
        root.Add(ModelsVerb.Build());
        root.Add(CasesVerb.Build());
        root.Add(DeadLettersVerb.Build());
        root.Add(QuarantineVerb.Build());
        root.Add(RegistryVerb.Build());
        root.Add(WeatherVerb.Build());
        root.Add(WebhooksVerb.Build());
        root.Add(LedgerVerb.Build());
        root.Add(RetentionVerb.Build());
        root.Add(DoctorVerb.Build());
        root.Add(UsersVerb.Build());
        root.Add(TokensVerb.Build());
        root.Add(ClientsVerb.Build());
        return root;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var root = Build();
        if (args.Length == 0 || args is ["--help" or "-h" or "-?"])
        {
            Overview(root);
            return args.Length == 0 ? ExitCode.Usage : ExitCode.Done;
        }

        // An argument that begins with @ is a payload's file (doctor --sample), not a file of more arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync($"See: detector {parsed.CommandResult.Command.Name} --help");
            return ExitCode.Usage;
        }

        try
        {
            var settings = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
            return await parsed.InvokeAsync(settings);
        }
#pragma warning disable CA1031 // the outermost frame: every fault becomes a sentence and an exit code
        catch (Exception fault)
        {
            return Faults.Report(fault);
        }
#pragma warning restore CA1031
    }

    // One line a verb; a verb's own help has its examples.
    private static void Overview(RootCommand root)
    {
        Console.WriteLine(root.Description);
        Console.WriteLine();
        Console.WriteLine("  detector VERB [options]");
        Console.WriteLine();
        foreach (var verb in root.Subcommands)
        {
            Console.WriteLine($"  {verb.Name,-14}{verb.Description!.Split('\n')[0]}");
        }

        Console.WriteLine();
        Console.WriteLine("Options and examples of a verb: detector VERB --help");
    }
}
