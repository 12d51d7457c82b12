// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Detector.Host.Terminal;
using Detector.Host.Verbs;

namespace Detector.Host;

/// <summary>The command line: one line a verb.</summary>
internal static class CommandLine
{
    private const int NameWidth = 14;
    private const int TextWidth = 100;

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
        ExamplesHelp.AddTo(root);
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

            await Console.Error.WriteLineAsync($"See: {PathOf(parsed.CommandResult)} --help");
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

    /// <summary>The command as it is typed: <c>detector users add</c>.</summary>
    private static string PathOf(CommandResult command)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = command; at is CommandResult { Parent: not null } verb; at = at.Parent)
        {
            names.Push(verb.Command.Name);
        }

        return string.Join(' ', names.Prepend("detector"));
    }

    // One sentence a verb; a verb's own help has its examples.
    private static void Overview(RootCommand root)
    {
        Console.WriteLine(root.Description);
        Console.WriteLine();
        Console.WriteLine("  detector VERB [options]");
        Console.WriteLine();
        foreach (var verb in root.Subcommands)
        {
            Console.WriteLine($"  {verb.Name,-NameWidth}{string.Join(Environment.NewLine + new string(' ', NameWidth + 2), Lines(FirstSentence(verb.Description!)))}");
        }

        Console.WriteLine();
        Console.WriteLine("Options and examples of a verb: detector VERB --help");
    }

    private static string FirstSentence(string description)
    {
        var text = description.Split("\n\n")[0].Replace('\n', ' ');
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }

    private static List<string> Lines(string text)
    {
        var lines = new List<string> { string.Empty };
        foreach (var word in text.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + word.Length >= TextWidth)
            {
                lines.Add(string.Empty);
            }

            lines[^1] += lines[^1].Length > 0 ? " " + word : word;
        }

        return lines;
    }
}
