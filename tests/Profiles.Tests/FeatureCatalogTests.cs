// SPDX-License-Identifier: Apache-2.0
using Detector.Profiles.Flatness;

namespace Detector.Profiles.Tests;

internal sealed class FeatureCatalogTests
{
    [Test]
    public void A_second_group_of_a_name_is_refused()
    {
        var catalog = FeatureCatalog.Default();
        Assert.That(() => catalog.Add(new FlatnessGroup()), Throws.ArgumentException.With.Message.Contains("'flatness' exists already"));
    }

    [Test]
    public void A_second_feature_of_a_name_is_refused()
    {
        var catalog = FeatureCatalog.Default();
        Assert.That(() => catalog.Add(new Copycat()), Throws.ArgumentException.With.Message.Contains("'flat_cv' exists already"));
    }

    [Test]
    public void A_feature_is_found_where_its_value_stands()
    {
        var catalog = FeatureCatalog.Default();
        Assert.Multiple(() =>
        {
            Assert.That(catalog.Features[catalog.IndexOf("res_mad")].Name, Is.EqualTo("res_mad"));
            Assert.That(catalog.IndexOf("no_such_feature"), Is.EqualTo(-1));
        });
    }

    private sealed class Copycat : IFeatureGroup
    {
        public string Group => "copycat";

        public IReadOnlyList<FeatureDescription> Features { get; } = [new("flat_cv", "copycat", "1", 0, 1, "a copy", "副本")];

        public void Compute(ProfileInput input, Span<float> values) => values.Clear();
    }
}
