// SPDX-License-Identifier: Apache-2.0
namespace Detector.Simulation.Tests.Fleets;

public sealed class FleetOptionsTests
{
    [Test]
    public void Defaults_are_sound() => Assert.That(new FleetOptions().Faults(), Is.Empty);

    [Test]
    public void All_faults_are_told_at_once_by_name()
    {
        var options = new FleetOptions { Sites = 0, Days = 0, MiningShareOfSites = 2, Cadence = TimeSpan.FromDays(2), Start = DateTimeOffset.MinValue };
        var faults = string.Join(' ', options.Faults());
        Assert.That(faults, Does.Contain("Sites").And.Contain("Days").And.Contain("MiningShareOfSites").And.Contain("Cadence").And.Contain("Start"));
    }

    [Test]
    public void A_fleet_of_faulty_options_is_refused_before_the_first_site() =>
        Assert.That(() => Fleet.Generate(new FleetOptions { Sites = -1 }), Throws.ArgumentException.With.Message.Contains("Sites"));
}
