// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using Detector.Detection;
using Detector.Host.Hosting;
using Detector.Host.Terminal;

namespace Detector.Host.Verbs;

/// <summary><c>models</c>: list, show, promote and roll back.</summary>
internal static class ModelsVerb
{
    private const string CurrentName = "current";
    private const string PreviousName = "previous";
    private const string CardName = "card.md";

    public static Command Build() => new("models", """
        Models and the one in use.

        Examples:
          detector models list
          detector models show hashrate/1
          detector models promote hashrate/2 --models models
          detector models rollback --models models
          detector models budget --fleet 20000
        """)
    {
        List(),
        Show(),
        Promote(),
        Rollback(),
        ModelsBudgetVerb.Build(Root(), Folder, Existing),
    };

    internal static Option<string?> Root() => new("--models") { Description = "Folder of models; the shipped one by default.", HelpName = "DIR" };

    internal static string Folder(string? given) => given ?? ShippedModel.Root();

    /// <summary>Folder of the model in use.</summary>
    internal static string InUse(string? root)
    {
        var folder = Folder(root);
        return Existing(folder, Read(folder, CurrentName) ?? throw new UsageException($"No model is in use in {folder}; see: detector models promote"));
    }

    private static Command List()
    {
        var root = Root();
        var format = FormatOption.Make();
        var command = new Command("list", "Lists models; the one in use is marked.") { root, format };
        command.SetAction(parsed =>
        {
            var folder = Folder(parsed.GetValue(root));
            var current = Read(folder, CurrentName);
            var listing = new Listing("model", "in_use");
            foreach (var id in Directory.EnumerateFiles(folder, "model.json", SearchOption.AllDirectories).Select(f => IdOf(folder, f)).Order(StringComparer.Ordinal))
            {
                listing.Add(id, id == current);
            }

            listing.Write(FormatOption.Of(parsed, format), Console.Out);
        });
        return command;
    }

    private static Command Show()
    {
        var root = Root();
        var id = new Argument<string>("MODEL") { Description = "NAME/VERSION." };
        var command = new Command("show", "Shows a model's card.") { root, id };
        command.SetAction(parsed => Console.WriteLine(File.ReadAllText(Path.Combine(Existing(Folder(parsed.GetValue(root)), parsed.GetValue(id)!), CardName))));
        return command;
    }

    private static Command Promote()
    {
        var root = Root();
        var id = new Argument<string>("MODEL") { Description = "NAME/VERSION." };
        var command = new Command("promote", "Puts a model in use, after loading it whole; a running service takes it at its next start.") { root, id };
        command.SetAction(parsed =>
        {
            var folder = Folder(parsed.GetValue(root));
            var chosen = parsed.GetValue(id)!;
            DetectorModel.Load(Existing(folder, chosen));
            var before = Read(folder, CurrentName);
            if (before is not null && before != chosen)
            {
                File.WriteAllText(Path.Combine(folder, PreviousName), before + "\n");
            }

            File.WriteAllText(Path.Combine(folder, CurrentName), chosen + "\n");
            Console.WriteLine($"{chosen} is in use; before: {before ?? "none"}");
        });
        return command;
    }

    private static Command Rollback()
    {
        var root = Root();
        var command = new Command("rollback", "Puts the model in use before back in use.") { root };
        command.SetAction(parsed =>
        {
            var folder = Folder(parsed.GetValue(root));
            var previous = Read(folder, PreviousName) ?? throw new UsageException("No model was in use before this one.");
            DetectorModel.Load(Existing(folder, previous));
            var current = Read(folder, CurrentName);
            File.WriteAllText(Path.Combine(folder, CurrentName), previous + "\n");
            File.WriteAllText(Path.Combine(folder, PreviousName), current + "\n");
            Console.WriteLine($"{previous} is in use again; before: {current}");
        });
        return command;
    }

    private static string IdOf(string folder, string file) => Path.GetRelativePath(folder, Path.GetDirectoryName(file)!).Replace('\\', '/');

    private static string? Read(string folder, string name) =>
        File.Exists(Path.Combine(folder, name)) ? File.ReadAllText(Path.Combine(folder, name)).Trim() : null;

    internal static string Existing(string folder, string id) => File.Exists(Path.Combine(folder, id, "model.json"))
        ? Path.Combine(folder, id)
        : throw new UsageException($"There is no model {id} in {folder}; see: detector models list");
}
