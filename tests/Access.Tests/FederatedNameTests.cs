// SPDX-License-Identifier: Apache-2.0
namespace Detector.Access.Tests;

/// <summary>Names of people whom an identity provider knows.</summary>
internal sealed class FederatedNameTests
{
    [TestCase("https://login.example/realms/grid", "4f3c-9a", "https://login.example/realms/grid#4f3c-9a")]
    [TestCase("https://login.example", "a#b", "https://login.example#a#b")]
    [TestCase("https://login.example", "https://other.example#x", "https://login.example#https://other.example#x")]
    public void The_first_mark_ends_the_issuer_whatever_the_provider_calls_people(string issuer, string person, string name)
    {
        Assert.That(FederatedName.Of(issuer, person), Is.EqualTo(name));
        Assert.That(name.Split('#', 2), Is.EqualTo(new[] { issuer, person }));
        Assert.That(FederatedName.IsOne(name));
    }

    [TestCase("https://login.example", null)]
    [TestCase("https://login.example", "")]
    [TestCase("https://login.example", " x")]
    [TestCase("https://login.example", "a\nb")]
    [TestCase("https://login.example#x", "y")]
    [TestCase("olga", "y")]
    public void What_names_nobody_is_no_name(string issuer, string? person) => Assert.That(FederatedName.Of(issuer, person), Is.Null);

    [Test]
    public void A_local_name_is_none_and_a_person_has_at_most_255_characters()
    {
        Assert.That(FederatedName.IsOne("olga@grid.example"), Is.False);
        Assert.That(FederatedName.Of("https://login.example", new string('x', FederatedName.LongestPerson)), Is.Not.Null);
        Assert.That(FederatedName.Of("https://login.example", new string('x', FederatedName.LongestPerson + 1)), Is.Null);
    }
}
