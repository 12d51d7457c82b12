// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;
using Detector.Testing;

namespace Detector.Pipeline.Tests;

/// <summary>An alert budget is for the meters that the register has, as it grows.</summary>
public sealed class FleetJudgeTests
{
    [Test]
    public void The_budgets_fleet_follows_the_register()
    {
        var registry = new RegistryHolder(Meters(100), TimeProvider.System);
        var judge = new FleetJudge(Judge(100), registry, followsRegister: true);
        var first = judge.Current;
        registry.Replace(Meters(101));
        Assert.That(judge.Current, Is.SameAs(first), "a hundredth more changes nothing");
        registry.Replace(Meters(250));
        var second = judge.Current;
        Assert.That((second.FleetMeters, second.Model), Is.EqualTo((250, first.Model)));
        Assert.That(judge.Current, Is.SameAs(second), "made once, not for each judgement");
        registry.Replace(SiteRegistry.Empty);
        Assert.That(judge.Current.FleetMeters, Is.EqualTo(250), "an empty register says nothing of the fleet");
    }

    [Test]
    public void A_fleet_that_was_given_stays()
    {
        var registry = new RegistryHolder(Meters(100), TimeProvider.System);
        var judge = new FleetJudge(Judge(20_000), registry, followsRegister: false);
        registry.Replace(Meters(250));
        Assert.That(judge.Current.FleetMeters, Is.EqualTo(20_000));
    }

    private static SiteRegistry Meters(int count) => new([.. Enumerable.Range(0, count).Select(i => MeterRegistration.Unregistered(MeterId.Of($"m-{i}")))]);

    private static Judge Judge(int fleet)
    {
        var models = Path.Combine(Requires.Repository(), "models");
        var model = DetectorModel.Load(Path.Combine(models, File.ReadAllText(Path.Combine(models, "current")).Trim()));
        return new Judge(model, new ProfileBuilder(FeatureCatalog.Default()), new JudgeOptions { AlertBudget = 10, FleetMeters = fleet });
    }
}
