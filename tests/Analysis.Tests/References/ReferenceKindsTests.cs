// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Analysis.References;

namespace Detector.Analysis.Tests.References;

internal sealed class ReferenceKindsTests
{
    [Test]
    public void Every_style_that_is_trained_on_has_words_in_both_languages()
    {
        var plan = new WindowPlan([Loads.Building("b0", 0, 200)], new MiningLoads(1), "train", 2, 2);
        var texts = plan.Pure(1, brief: false, companyShare: 0).Select(ReferenceKinds.Of).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(texts.Select(t => t.Item3), Has.All.Not.Match("[A-Za-z]"), "what has no words of its own shows its name in the files");
            Assert.That(texts.Select(t => t.Item2).Distinct().Count(), Is.EqualTo(MiningLoads.Trained.Count));
        });
    }
}
