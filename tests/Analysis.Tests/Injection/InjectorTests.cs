// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Baselines;
using Detector.Analysis.Corpora;
using Detector.Analysis.Injection;
using Detector.Analysis.Statistics;

namespace Detector.Analysis.Tests.Injection;

internal sealed class InjectorTests
{
    private static readonly LoadWindow Host = Loads.Window(Loads.Building("b1", 1, 100));

    [Test]
    public void Adding_nothing_leaves_every_bit_as_it_was() => Assert.Multiple(() =>
    {
        Assert.That(Bits(Injector.Add(Host, new float[Host.Series.Count]).PowerKilowatts), Is.EqualTo(Bits(Host.Series.PowerKilowatts)));
        Assert.That(Bits(Injector.Mix(Host, Flat(1), 0, 0).PowerKilowatts), Is.EqualTo(Bits(Host.Series.PowerKilowatts)));
    });

    [TestCase(0.5)]
    [TestCase(0.2)]
    public void The_share_is_of_the_total_after_the_onset(double share)
    {
        var onset = 40 * 24;
        var mixed = Injector.Mix(Host, Flat(3), share, onset);
        var honest = LoadValues.Mean(Host.Series.PowerKilowatts.AsSpan(onset));
        var total = LoadValues.Mean(mixed.PowerKilowatts.AsSpan(onset));
        Assert.Multiple(() =>
        {
            Assert.That((total - honest) / total, Is.EqualTo(share).Within(0.002));
            Assert.That(mixed.PowerKilowatts[..onset], Is.EqualTo(Host.Series.PowerKilowatts[..onset]));
        });
    }

    [Test]
    public void What_is_added_is_written_in_the_recordings_own_steps()
    {
        var mixed = Injector.Mix(Host, Flat(Math.PI), 0.31, 0);
        Assert.That(mixed.PowerKilowatts.All(v => Math.Abs((v * 10) - Math.Round(v * 10)) < 1e-3), Is.True);
    }

    [Test]
    public void Missing_hours_stay_missing_in_mixtures_and_in_pure_mining()
    {
        var values = Host.Series.PowerKilowatts.ToArray();
        values[100] = float.NaN;
        var gappy = new LoadWindow(Host.Origin, new(Host.Series.Meter, Host.Series.Start, Host.Series.Cadence, values, Host.Series.Quality), Host.Days);
        Assert.Multiple(() =>
        {
            Assert.That(Injector.Mix(gappy, Flat(5), 0.5, 0).PowerKilowatts[100], Is.NaN);
            Assert.That(Injector.Replace(gappy, Flat(5)).PowerKilowatts[100], Is.NaN);
            Assert.That(Injector.Replace(gappy, Flat(5)).PowerKilowatts[101], Is.EqualTo(5f));
        });
    }

    [Test]
    public void Read_more_often_a_value_stands_for_all_of_its_slots_and_read_less_often_for_their_mean()
    {
        var values = Host.Series.PowerKilowatts.ToArray();
        Array.Fill(values, float.NaN, 6, 4); // four of the six hours of the second slot
        var series = Injector.WithValues(Host.Series, values);
        var (quarters, sixHours) = (Injector.Every(series, TimeSpan.FromMinutes(15)), Injector.Every(series, TimeSpan.FromHours(6)));
        Assert.Multiple(() =>
        {
            Assert.That(quarters.Cadence, Is.EqualTo(TimeSpan.FromMinutes(15)));
            Assert.That(quarters.Range, Is.EqualTo(series.Range));
            Assert.That(quarters.PowerKilowatts[20..24], Is.All.EqualTo(values[5]));
            Assert.That(quarters.PowerKilowatts[24..40], Is.All.NaN);
            Assert.That(sixHours.Range, Is.EqualTo(series.Range));
            Assert.That(sixHours.PowerKilowatts[0], Is.EqualTo(values[..6].Average()).Within(1e-4));
            Assert.That(sixHours.PowerKilowatts[1], Is.NaN);
            Assert.That(Bits(Injector.Every(series, series.Cadence).PowerKilowatts), Is.EqualTo(Bits(values)));
            Assert.That(() => Injector.Every(series, TimeSpan.FromMinutes(25)), Throws.ArgumentException.With.Message.Contains("multiple"));
        });
    }

    [Test]
    public void A_composite_is_the_sum_of_its_parts_as_the_first_meter_writes()
    {
        var other = Loads.Window(Loads.Building("b2", 2, 100));
        var sum = Injector.Compose([Host, other]);
        Assert.That(sum.PowerKilowatts[5], Is.EqualTo(Host.Series.PowerKilowatts[5] + other.Series.PowerKilowatts[5]).Within(0.051));
    }

    [Test]
    public void A_learner_cannot_tell_windows_with_nothing_added_from_untouched_ones()
    {
        var windows = Enumerable.Range(0, 60).Select(i => Loads.Window(Loads.Building($"b{i}", i, 100))).ToArray();
        var samples = windows.Select((w, i) => new BaselineSample(
            WindowStatistics.Of(i % 2 == 0 ? w.Series : Injector.Add(w, new float[w.Series.Count])), i % 2 == 1, 1)).ToArray();
        var learner = new BoostedTrees();
        learner.Fit(samples[..40], 1);
        var auc = new Ranking(samples[40..].Select((s, i) => new Ranked(learner.Score(s.Window), s.Mining, 1, i))).Auc();
        Assert.That(auc, Is.InRange(0.2, 0.8)); // ten against ten: 0.5 give or take 0.26 at 95 %
    }

    private static float[] Flat(double kilowatts) => [.. Enumerable.Repeat((float)kilowatts, Host.Series.Count)];

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
