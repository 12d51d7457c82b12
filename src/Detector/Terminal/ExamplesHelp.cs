// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Detector.Host.Terminal;

/// <summary>Help of a sub-verb with its examples, which are those of its verb that call it: they are written once.</summary>
internal sealed class ExamplesHelp : SynchronousCommandLineAction
{
    private readonly SynchronousCommandLineAction _usual;

    private ExamplesHelp(SynchronousCommandLineAction usual) => _usual = usual;

    /// <summary>Has every help say it.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
        {
            help.Action = new ExamplesHelp((SynchronousCommandLineAction)help.Action!);
        }
    }

    /// <summary>The lines of a verb's description that call one of its sub-verbs.</summary>
    public static IReadOnlyList<string> Of(Command verb, Command part) =>
        [.. (verb.Description ?? string.Empty).Split('\n').Select(line => line.Trim()).Where(line => (line + " ").StartsWith($"detector {verb.Name} {part.Name} ", StringComparison.Ordinal))];

    public override int Invoke(ParseResult parseResult)
    {
        var code = _usual.Invoke(parseResult);
        var part = parseResult.CommandResult.Command;
        if (part.Description?.Contains("Examples:", StringComparison.Ordinal) != true && part.Parents.OfType<Command>().FirstOrDefault() is { } verb and not RootCommand && Of(verb, part) is { Count: > 0 } examples)
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine("  " + example);
            }

            output.WriteLine();
        }

        return code;
    }
}
