// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs;

/// <summary>Every codec's folder: README, examples, and what they decode to.</summary>
internal sealed class ExampleTests
{
    private static IEnumerable<TestCaseData> Examples() => Bench.CodecNames.SelectMany(codec => Bench.Examples(codec).Select(example =>
        new TestCaseData(codec, example).SetArgDisplayNames(codec, example.Name)));

    [TestCaseSource(nameof(Examples))]
    public void Example_decodes_as_expected(string codec, Example example)
    {
        var readings = new ReadingBuffer();
        var result = example.Decode(example.Payload, readings);
        var shown = Shown.Of(result, readings);
        if (!File.Exists(example.ExpectedFile))
        {
            Assert.Fail($"{example.ExpectedFile} is missing; if this is right, it holds:\n{shown}");
        }

        Assert.That(shown, Is.EqualTo(File.ReadAllText(example.ExpectedFile)), $"{codec}: {result}");
        Assert.That(result.IsDecoded, Is.EqualTo(!example.IsRejected), result.ToString());
        Assert.That(result.AtByte, Is.InRange(0, example.Payload.Length));
    }

    [TestCaseSource(typeof(Bench), nameof(Bench.CodecNames))]
    public void Codec_has_a_readme_and_examples_of_both_outcomes(string codec)
    {
        Assert.That(File.ReadAllText(Path.Combine(Bench.Folder(codec), "README.md")), Does.StartWith($"# {codec}\n"));
        Assert.That(Bench.Examples(codec).Count(e => e.IsRejected), Is.GreaterThan(3));
        Assert.That(Bench.Examples(codec).Count(), Is.GreaterThan(8));
    }

    [TestCaseSource(typeof(Bench), nameof(Bench.CodecNames))]
    public void Codec_has_a_profile_of_its_name(string codec) =>
        Assert.That(MappingProfiles.With(null).Resolve(new TopicMapping { Profile = codec }).Codec, Is.EqualTo(codec));
}
