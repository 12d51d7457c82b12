// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Globalization;
using Detector.Detection;
using Detector.Host.Terminal;
using Detector.Metering;

namespace Detector.Host.Verbs;

/// <summary><c>models budget</c>: what an alert budget costs, from the model's references and its evaluation.</summary>
internal static class ModelsBudgetVerb
{
    private const string EvaluationName = "evaluation.json";

    private static readonly double[] Usual = [0.5, 1, 2, 5, 10, 20, 50, 100, 200];

    public static Command Build(Option<string?> root, Func<string?, string> folderOf, Func<string, string, string> existing)
    {
        var id = new Argument<string?>("MODEL") { Description = "NAME/VERSION; the one in use by default.", Arity = ArgumentArity.ZeroOrOne };
        var fleet = new Option<int>("--fleet") { Description = "Meters of the fleet.", HelpName = "METERS", DefaultValueFactory = _ => 10_000 };
        var budgets = new Option<double[]>("--budgets") { Description = "False cases a week to compare.", HelpName = "CASES", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => Usual };
        var format = FormatOption.Make();
        var command = new Command("budget", """
            What an alert budget costs: false cases a week that are accepted, the p-value and score that keep a fleet within them, and the
            share of mining that was found at such a p-value in the model's evaluation, by style.

            Examples:
              detector models budget --fleet 20000
              detector models budget hashrate/1 --fleet 1000 --budgets 1 5 --format json
            """) { id, root, fleet, budgets, format };
        command.SetAction(parsed =>
        {
            var models = folderOf(parsed.GetValue(root));
            var folder = parsed.GetValue(id) is { } chosen ? existing(models, chosen) : ModelsVerb.InUse(models);
            Write(DetectorModel.Load(folder), Trade(folder), Positive(parsed.GetValue(fleet)), [.. parsed.GetValue(budgets)!.Select(Positive)], FormatOption.Of(parsed, format));
        });
        return command;
    }

    private static void Write(DetectorModel model, BudgetTrade trade, int fleet, double[] budgets, OutputFormat format)
    {
        var listing = new Listing([
            "cases_a_week", "p_value", "threshold", "beyond_references", "false_cases_a_year", "found_is",
            .. trade.Populations.Select(p => "found_" + p.Replace(' ', '_').Replace("%", "percent", StringComparison.Ordinal))]);
        foreach (var cases in budgets)
        {
            var budget = new AlertBudget(cases, fleet);
            var whole = BudgetThresholds.Of(budget, model).Whole;
            object?[] found = [.. trade.Populations.Select(p => (object)Math.Round(trade.Found(p, budget.Rate), 3))];
            listing.Add([
                cases, Math.Round(budget.Rate, 6), double.IsFinite(whole.Score) ? Math.Round(whole.Score, 3) : null, whole.IsExtrapolated,
                Math.Round(budget.FalseCasesPerYear, 1), trade.Origin(budget.Rate), .. found]);
        }

        listing.Write(format, Console.Out);
    }

    private static BudgetTrade Trade(string folder)
    {
        var path = Path.Combine(folder, EvaluationName);
        return File.Exists(path)
            ? BudgetTrade.Read(File.ReadAllText(path))
            : throw new UsageException($"There is no {EvaluationName} in {folder}: run detector evaluate --recordings DIR --out {folder}");
    }

    private static T Positive<T>(T value)
        where T : System.Numerics.INumber<T> => value > T.Zero
        ? value
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"A fleet and a budget are over 0, not {value}."));
}
