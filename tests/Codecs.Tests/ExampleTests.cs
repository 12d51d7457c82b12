// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs;

/// <summary>Every codec's folder: README, examples, and what they decode to.</summary>
internal sealed class ExampleTests
{
    private static IEnumerable<TestCaseData> Examples() => Bench.CodecNames.SelectMany(codec => Bench.Examples(codec).Select(file =>
        new TestCaseData(codec, file).SetArgDisplayNames(codec, Path.GetFileName(file))));

    [TestCaseSource(nameof(Examples))]
    public void Example_decodes_as_expected(string codec, string file)
    {
        var readings = new ReadingBuffer();
        var result = Bench.Decode(codec, File.ReadAllBytes(file), readings);
        var shown = Shown.Of(result, readings);
        var expected = Path.ChangeExtension(file, ".expected.json");
        if (!File.Exists(expected))
        {
            Assert.Fail($"{expected} is missing; if this is right, it holds:\n{shown}");
        }

        Assert.That(shown, Is.EqualTo(File.ReadAllText(expected)), result.ToString());
        Assert.That(result.IsDecoded, Is.EqualTo(!Path.GetFileName(file).StartsWith("rejected_", StringComparison.Ordinal)));
        Assert.That(result.AtByte, Is.InRange(0, File.ReadAllBytes(file).Length));
    }

    [TestCaseSource(typeof(Bench), nameof(Bench.CodecNames))]
    public void Codec_has_a_readme_and_examples_of_both_outcomes(string codec)
    {
        Assert.That(File.ReadAllText(Path.Combine(Bench.Folder(codec), "README.md")), Does.StartWith($"# {codec}\n"));
        Assert.That(Bench.Examples(codec).Count(f => Path.GetFileName(f).StartsWith("rejected_", StringComparison.Ordinal)), Is.GreaterThan(3));
        Assert.That(Bench.Examples(codec).Count(), Is.GreaterThan(8));
    }
}
