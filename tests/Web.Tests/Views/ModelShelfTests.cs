// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;
using Detector.Web.Views;

namespace Detector.Web.Tests.Views;

public sealed class ModelShelfTests
{
    private static ModelShelf Shelf(string? folder) => new(new WebOptions { ModelsFolder = folder });

    [Test]
    public void The_one_in_use_comes_first_with_its_card_and_its_tables()
    {
        using var root = new TemporaryFolder();
        foreach (var version in new[] { "1", "2" })
        {
            Directory.CreateDirectory(root.In("hashrate", version));
            File.WriteAllText(root.In("hashrate", version, "model.json"), "{}");
        }

        File.WriteAllText(root.In("current"), "hashrate/2\n");
        File.WriteAllText(root.In("hashrate", "2", "card.md"), "# Two");
        File.WriteAllText(root.In("hashrate", "2", "evaluation.json"), """{ "seed": 1, "tables": [ { "title": "Found", "columns": ["share"], "rows": [["50 %"]], "note": null } ] }""");
        var models = Shelf(root.Path).List();
        Assert.Multiple(() =>
        {
            Assert.That(models.Select(m => (m.Id, m.InUse)), Is.EqualTo(new[] { ("hashrate/2", true), ("hashrate/1", false) }));
            Assert.That(ModelShelf.CardOf(models[0]), Is.EqualTo("# Two"));
            Assert.That(ModelShelf.EvaluationOf(models[0])!.Tables.Single().Rows.Single(), Is.EqualTo(new[] { "50 %" }));
            Assert.That((ModelShelf.CardOf(models[1]), ModelShelf.EvaluationOf(models[1])), Is.EqualTo(((string?)null, (EvaluationFigures?)null)));
        });
    }

    [Test]
    public void A_folder_of_one_version_is_that_version_in_use()
    {
        using var root = new TemporaryFolder();
        Directory.CreateDirectory(root.In("mine", "7"));
        File.WriteAllText(root.In("mine", "7", "model.json"), "{}");
        File.WriteAllText(root.In("mine", "7", "evaluation.json"), "{ half");
        var model = Shelf(root.In("mine", "7")).List().Single();
        Assert.That((model.Id, model.InUse, ModelShelf.EvaluationOf(model)), Is.EqualTo(("mine/7", true, (EvaluationFigures?)null)));
    }

    [TestCase(null)]
    [TestCase("/no/such/folder")]
    public void Without_a_folder_there_are_no_models(string? folder) => Assert.That(Shelf(folder).List(), Is.Empty);
}
