// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;
using Detector.Recordings;
using Detector.Simulation;
using Detector.Simulation.Bursts;
using Detector.Testing;
using Detector.Validation;

namespace Detector.Analysis.Tests.Bursts;

/// <summary>The shipped evidence of bursts on real recordings, which it was trained on; figures on recordings held out are on its card.</summary>
internal sealed class ShippedBurstTests
{
    private static readonly Lazy<Judge> Shipped = new(() => new Judge(ShippedModel.Value, new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions()));
    private static readonly SeriesAssessor Assessor = new();

    [TestCase("h100-hash-sha")]
    [TestCase("h100-hash-mem")]
    public void Hashing_of_a_minute_and_more_is_watched_and_still_lacks_its_span(string name)
    {
        var finding = Sample(name);
        Assert.That(finding.Verdict, Is.EqualTo(Verdict.Watch), FindingJson.Write(finding));
        Assert.That(finding.Missing.Select(m => m.Code), Does.Contain("span"));
        Assert.That(finding.Reasons.Single(), Is.InstanceOf<Reason>().With.Property("Group").EqualTo("burst").And.Property("ForMining").True);
        Assert.That(finding.Reasons.Single().TextZh, Does.Contain("哈希"));
        Assert.That(finding.PValue, Is.InRange(0.0, 1.0));
    }

    [TestCase("h100-llm-train")]
    [TestCase("h100-llm-infer")]
    public void Language_models_stay_insufficient_with_a_low_probability_and_the_reason_against(string name)
    {
        var finding = Sample(name);
        Assert.That(finding.Verdict, Is.EqualTo(Verdict.Insufficient));
        Assert.That(finding.Reasons.Single().ForMining, Is.False);
        Assert.That(finding.Probability, Is.LessThan(0.06).And.LessThan(Sample("h100-hash-sha").Probability!.Value).And.LessThan(Sample("h100-hash-mem").Probability!.Value));
    }

    [TestCase("h100-cnn-train")]
    [TestCase("h100-hpc")]
    public void Less_than_a_minute_says_nothing(string name)
    {
        var finding = Sample(name);
        Assert.That(finding.Verdict, Is.EqualTo(Verdict.Insufficient));
        Assert.That(finding.Probability, Is.Null);
        Assert.That(finding.Reasons, Is.Empty);
    }

    [Test]
    public void Recorded_inference_and_training_rank_below_hashing_and_are_seldom_watched()
    {
        string[] sets = ["mlperf-inference-v2.1", "mlperf-inference-v3.0", "mlperf-training-v4.0"];
        var honest = sets.SelectMany(s => Directory.GetFiles(Path.Combine(Requires.Recordings(), "honest", s), "*.csv.gz"))
            .Select(Judged)
            .Where(f => f.Probability is not null)
            .ToArray();
        var hashing = Math.Min(Sample("h100-hash-sha").Probability!.Value, Sample("h100-hash-mem").Probability!.Value);
        Assert.That(honest, Has.Length.GreaterThan(60));
        Assert.That(honest.Count(f => f.Verdict == Verdict.Watch), Is.LessThanOrEqualTo(honest.Length / 20));
        Assert.That(honest.Count(f => f.Probability >= hashing), Is.LessThanOrEqualTo(honest.Length / 20));
        Assert.That(honest.Select(f => f.Verdict), Has.None.EqualTo(Verdict.Case));
    }

    [Test]
    public void A_load_that_does_not_move_is_never_watched()
    {
        var lamp = new float[300];
        Array.Fill(lamp, 12.5f);
        var chance = new Random(3);
        var heater = Enumerable.Range(0, 300).Select(i => (float)Math.Round(40 * (1 + (0.0002 * chance.NextDouble())), 2)).ToArray();
        Assert.That(Judged(Series("lamp", lamp)).Verdict, Is.EqualTo(Verdict.Insufficient));
        Assert.That(Judged(Series("heater", heater)).Verdict, Is.EqualTo(Verdict.Insufficient));
    }

    [TestCase("motors")]
    [TestCase("office")]
    [TestCase("ai_training")]
    [TestCase("idle_servers")]
    public void Few_simulated_honest_loads_never_seen_are_watched(string kind)
    {
        var chance = new Prng(77_001);
        var watched = Enumerable.Range(0, 50)
            .Count(i => Judged(Series(kind, HonestBurst.Draw(kind, chance.Split($"{kind}-{i}"), 300))).Verdict == Verdict.Watch);
        Assert.That(watched, Is.LessThanOrEqualTo(10), "of 50; the limits are in docs/bursts.md");
    }

    [Test]
    public void A_load_that_follows_the_supply_voltage_may_be_watched_but_is_never_called_likely()
    {
        var chance = new Prng(77_002);
        var findings = Enumerable.Range(0, 50).Select(i => Judged(Series("lamp", HonestBurst.Draw("resistive", chance.Split($"lamp-{i}"), 300)))).ToArray();
        Assert.That(findings.Select(f => f.Verdict), Has.None.EqualTo(Verdict.Case));
        Assert.That(findings.Max(f => f.Probability), Is.LessThan(0.5), "the limits are in docs/bursts.md");
    }

    [TestCase(Verdict.Watch, 0.8, Verdict.Clear)]
    [TestCase(Verdict.Watch, 0.3, Verdict.Watch)]
    [TestCase(Verdict.Case, 0.8, Verdict.Case)]
    public void A_burst_against_clears_a_watch_on_the_whole_load_and_nothing_else(Verdict verdict, double share, Verdict expected)
    {
        var training = Read(Path.Combine(Requires.Repository(), "samples", "gpu-traces", "readings", "h100-llm-train.csv.gz"));
        var judged = Shipped.Value.WithBurst(OfWeeks(verdict, share), training);
        Assert.That(judged.Verdict, Is.EqualTo(expected));
        Assert.That(judged.Reasons.Single(r => r.Group == "burst").ForMining, Is.False);
        Assert.That(judged.Missing.Select(m => m.Code), Has.None.EqualTo("burst"));
        Assert.That(judged.Standing, expected == Verdict.Clear ? Is.Null : Is.EqualTo(2.9), "nothing holds up what was taken back");
    }

    [TestCase(Verdict.Clear)]
    [TestCase(Verdict.Watch)]
    public void A_burst_for_mining_is_a_reason_and_no_verdict(Verdict verdict)
    {
        var hashing = Read(Path.Combine(Requires.Repository(), "samples", "gpu-traces", "readings", "h100-hash-sha.csv.gz"));
        var judged = Shipped.Value.WithBurst(OfWeeks(verdict, 0.8), hashing);
        Assert.That(judged.Verdict, Is.EqualTo(verdict));
        Assert.That(judged.Reasons.Single(r => r.Group == "burst").ForMining, Is.True);
    }

    [Test]
    public void Ten_readings_a_second_and_their_means_get_the_same_verdict()
    {
        var fast = Read(Path.Combine(Requires.Repository(), "samples", "gpu-traces", "readings", "h100-hash-sha.csv.gz"));
        var means = fast.PowerKilowatts.Chunk(10).Select(c => (float)c.Where(v => !float.IsNaN(v)).Average(v => (double)v)).ToArray();
        var slow = new LoadSeries(fast.Meter, fast.Start, TimeSpan.FromSeconds(1), means, new QualityFlags[means.Length]);
        Assert.That(Judged(slow).Verdict, Is.EqualTo(Judged(fast).Verdict));
    }

    private static Finding Sample(string name) => Judged(Path.Combine(Requires.Repository(), "samples", "gpu-traces", "readings", name + ".csv.gz"));

    private static Finding OfWeeks(Verdict verdict, double share) => new()
    {
        Meter = MeterId.Of("m"),
        Site = "m",
        Verdict = verdict,
        Probability = 0.4,
        Share = new ShareInterval(share, 1, 1),
        Standing = 2.9,
        Window = new TimeRange(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(91)),
        CadenceSeconds = 900,
        Coverage = 1,
        Missing = [new MissingEvidence("burst", "A burst.", "秒级采样。")],
        Model = "hashrate/1",
    };

    private static Finding Judged(string file) => Judged(Read(file));

    private static Finding Judged(LoadSeries series) => Shipped.Value.Assess(series, MeterRegistration.Unregistered(series.Meter), asOf: null);

    private static LoadSeries Read(string file)
    {
        var recording = ReadingsSource.Open(file).Recordings().Single();
        return Assessor.Assess(recording.ToColumns()).Series;
    }

    private static LoadSeries Series(string name, float[] values) =>
        new(MeterId.Of(name), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(1), values, new QualityFlags[values.Length]);
}
