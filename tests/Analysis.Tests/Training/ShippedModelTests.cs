// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Training;
using Detector.Detection;

namespace Detector.Analysis.Tests.Training;

internal sealed class ShippedModelTests
{
    private static string Folder => ShippedModel.Folder;

    [Test]
    public void The_model_in_use_loads_and_is_the_one_that_is_named() =>
        Assert.That(DetectorModel.Load(Folder).Id, Is.EqualTo(ShippedModel.Id));

    [Test]
    public void Its_card_lists_every_set_it_was_trained_on_with_licence_and_credit()
    {
        var card = File.ReadAllText(Path.Combine(Folder, ModelCard.FileName));
        var sources = DetectorModel.Load(Folder).TrainedOn.Select(t => t.Source).Where(s => s != SimulatedHonest.Source).Distinct().ToArray();
        Assert.That(sources, Is.Not.Empty);
        foreach (var set in RecordingSets.Default().All.Where(s => sources.Contains(s.Source)))
        {
            Assert.That(card, Does.Contain(set.Folder).And.Contain(set.Licence).And.Contain(set.Credit));
        }
    }

    [Test]
    public void Its_card_says_how_to_make_it_again_and_what_it_cannot_do()
    {
        var card = File.ReadAllText(Path.Combine(Folder, ModelCard.FileName));
        Assert.That(card, Does.Contain("detector train").And.Contain("## Limits").And.Contain("site-years").And.Not.Contain("accuracy"));
    }

    [Test]
    public void Its_report_stands_beside_it() => Assert.Multiple(() =>
    {
        Assert.That(File.Exists(Path.Combine(Folder, "evaluation.json")), Is.True);
        Assert.That(File.Exists(Path.Combine(Folder, "evaluation.html")), Is.True);
    });
}
