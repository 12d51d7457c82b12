// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering.Tests;

internal sealed class MeterIdTests
{
    [TestCase("")]
    [TestCase("a/b")]
    [TestCase("a+")]
    [TestCase("#")]
    [TestCase("a\u0000")]
    public void A_name_that_mqtt_or_a_file_could_not_carry_is_refused_with_its_reason(string name)
    {
        Assert.Multiple(() =>
        {
            Assert.That(MeterId.TryOf(name, out _), Is.False);
            Assert.That(() => MeterId.Of(name), Throws.TypeOf<FormatException>());
            Assert.That(MeterId.Fault(name), Is.Not.Empty);
        });
    }

    [Test]
    public void The_longest_name_is_128_characters()
    {
        Assert.Multiple(() =>
        {
            Assert.That(MeterId.TryOf(new string('m', 128), out _), Is.True);
            Assert.That(MeterId.TryOf(new string('m', 129), out _), Is.False);
        });
    }

    [Test]
    public void Names_differ_by_case() => Assert.That(MeterId.Of("m"), Is.Not.EqualTo(MeterId.Of("M")));

    [Test]
    public void The_default_names_no_meter()
    {
        Assert.Multiple(() =>
        {
            Assert.That(default(MeterId).IsEmpty, Is.True);
            Assert.That(default(MeterId).Value, Is.Empty);
        });
    }
}
