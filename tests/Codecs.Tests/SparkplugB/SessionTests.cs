// SPDX-License-Identifier: Apache-2.0
using Detector.Codecs.SparkplugB.Wire;
using Detector.Metering;
using Detector.Testing;

namespace Detector.Codecs.SparkplugB;

/// <summary>Births, aliases, sequences, deaths and rebirths over several messages.</summary>
internal sealed class SessionTests
{
    private Plant _plant = new();

    [SetUp]
    public void Begin() => _plant = new Plant();

    [Test]
    public void Data_is_read_by_the_aliases_of_its_birth()
    {
        _plant.NodeBirth(0, 1, Plant.Defined("P", 7, "kW", 1), Plant.Defined("U", 8, "V", 230));
        var result = _plant.Send("NDATA/gateway", 1, Plant.Alias(7, 12.5), Plant.Alias(8, 231));
        Assert.That(result.Count, Is.EqualTo(1), result.ToString());
        Assert.That(_plant.Readings[0].PowerKilowatts, Is.EqualTo(12.5));
        Assert.That(_plant.Readings[0].Volts, Is.EqualTo(231));
        Assert.That(_plant.Readings[0].Meter.Value, Is.EqualTo("plant:gateway"));
        Assert.That(_plant.Asked, Is.Empty);
    }

    [Test]
    public void Device_has_aliases_and_a_meter_of_its_own()
    {
        _plant.NodeBirth(0, 1);
        _plant.Send("DBIRTH/gateway/m-1", 1, Plant.Defined("P", 7, "W", 1));
        var result = _plant.Send("DDATA/gateway/m-1", 2, Plant.Alias(7, 1500));
        Assert.That(result.IsDecoded, Is.True, result.ToString());
        Assert.That(_plant.Readings[0].Meter.Value, Is.EqualTo("plant:gateway:m-1"));
        Assert.That(_plant.Readings[0].PowerKilowatts, Is.EqualTo(1.5));
    }

    [Test]
    public void Data_without_a_birth_is_rejected_and_the_birth_asked_for()
    {
        var result = _plant.Send("DDATA/gateway/m-1", 5, Plant.Alias(7, 1500));
        Assert.That(result.Kind, Is.EqualTo(RejectKind.NoBirth));
        Assert.That(result.Reason, Does.Contain("never born").And.Contain("asked for"));
        var (topic, payload) = _plant.Asked.Single();
        Assert.That(topic, Is.EqualTo("spBv1.0/plant/NCMD/gateway"));
        Assert.That(payload.Metrics.Single().Name, Is.EqualTo("Node Control/Rebirth"));
        Assert.That(payload.Metrics.Single().BooleanValue, Is.True);
    }

    [Test]
    public void Letter_of_before_the_birth_is_read_when_the_birth_has_come()
    {
        _plant.Send("NDATA/gateway", 5, Plant.Alias(7, 1500));
        var letter = _plant.Position;
        _plant.NodeBirth(0, 1, Plant.Defined("P", 7, "W", 1));
        var result = _plant.SendAt(letter, "NDATA/gateway", 5, Plant.Alias(7, 1500));
        Assert.That(result.IsDecoded, Is.True, result.ToString());
        Assert.That(_plant.Readings[0].PowerKilowatts, Is.EqualTo(1.5));
        Assert.That(_plant.Readings[0].Quality, Is.EqualTo(QualityFlags.None));
        Assert.That(_plant.Send("NDATA/gateway", 1, Plant.Alias(7, 1)).IsDecoded, Is.True, "the replay did not move the sequence");
        Assert.That(_plant.Readings[0].Quality, Is.EqualTo(QualityFlags.None));
    }

    [Test]
    public void Letter_is_read_by_the_birth_in_force_at_its_place_when_aliases_changed_since()
    {
        _plant.NodeBirth(0, 1, Plant.Defined("P", 7, "kW", 1), Plant.Defined("U", 8, "V", 230));
        _plant.Send("NDATA/gateway", 1, Plant.Alias(7, 2));
        var letter = _plant.Position;
        _plant.NodeBirth(0, 2, Plant.Defined("U", 7, "V", 230), Plant.Defined("P", 8, "kW", 1));
        _plant.SendAt(letter, "NDATA/gateway", 1, Plant.Alias(7, 2));
        Assert.That(_plant.Readings[0].PowerKilowatts, Is.EqualTo(2));
        _plant.Send("NDATA/gateway", 1, Plant.Alias(7, 229));
        Assert.That(_plant.Readings[0].Volts, Is.EqualTo(229));
    }

    [Test]
    public void Alias_that_no_birth_names_is_rejected_at_its_metric()
    {
        _plant.NodeBirth(0, 1, Plant.Defined("P", 7, "W", 1));
        var result = _plant.Send("NDATA/gateway", 1, Plant.Alias(7, 1), Plant.Alias(99, 1));
        Assert.That(result.Kind, Is.EqualTo(RejectKind.NoBirth));
        Assert.That(result.AtByte, Is.GreaterThan(10));
        Assert.That(_plant.Readings.Length, Is.Zero);
        Assert.That(_plant.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public void Gap_in_the_sequence_is_counted_flagged_and_the_birth_asked_for()
    {
        using var counted = new Counted("Detector.Codecs");
        _plant.NodeBirth(254, 1, Plant.Defined("P", 7, "W", 1));
        _plant.Send("NDATA/gateway", 255, Plant.Alias(7, 1));
        Assert.That(_plant.Readings[0].Quality, Is.EqualTo(QualityFlags.None));
        _plant.Send("NDATA/gateway", 0, Plant.Alias(7, 1));
        Assert.That(_plant.Readings[0].Quality, Is.EqualTo(QualityFlags.None), "after 255 comes 0");
        _plant.Send("NDATA/gateway", 0, Plant.Alias(7, 1));
        Assert.That(_plant.Readings[0].Quality, Is.EqualTo(QualityFlags.None), "the broker may deliver again");
        _plant.Send("NDATA/gateway", 3, Plant.Alias(7, 1));
        Assert.That(_plant.Readings[0].Quality, Is.EqualTo(QualityFlags.SequenceGap));
        _plant.Send("NDATA/gateway", 4, Plant.Alias(7, 1));
        Assert.That(_plant.Readings[0].Quality, Is.EqualTo(QualityFlags.None));
        Assert.That(counted["detector.codecs.sequence_gaps"], Is.EqualTo(1));
        Assert.That(_plant.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public void Node_is_asked_again_only_after_a_while()
    {
        for (var i = 0; i < 5; i++)
        {
            _plant.Send("NDATA/gateway", i, Plant.Alias(7, 1));
        }

        Assert.That(_plant.Asked, Has.Count.EqualTo(1));
        _plant.Time.Advance(TimeSpan.FromMinutes(1));
        _plant.Send("NDATA/gateway", 5, Plant.Alias(7, 1));
        Assert.That(_plant.Asked, Has.Count.EqualTo(2));
    }

    [Test]
    public void Request_that_could_not_be_handed_on_is_made_with_the_next_message()
    {
        _plant.TakesRequests = false;
        Assert.That(_plant.Send("NDATA/gateway", 1, Plant.Alias(7, 1)).Reason, Does.Contain("could not be asked"));
        _plant.TakesRequests = true;
        _plant.Send("NDATA/gateway", 2, Plant.Alias(7, 1));
        Assert.That(_plant.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public void Silence_can_be_configured()
    {
        var plant = new Plant(new SourceOptions { AskForRebirth = false });
        Assert.That(plant.Send("NDATA/gateway", 1, Plant.Alias(7, 1)).Reason, Does.Contain("AskForRebirth"));
        Assert.That(plant.Asked, Is.Empty);
    }

    [Test]
    public void After_its_death_a_node_must_be_born_again_unless_the_death_is_of_an_earlier_session()
    {
        _plant.NodeBirth(0, 4, Plant.Defined("P", 7, "W", 1));
        _plant.NodeDeath(3);
        Assert.That(_plant.Send("NDATA/gateway", 1, Plant.Alias(7, 1)).IsDecoded, Is.True);
        _plant.NodeDeath(4);
        Assert.That(_plant.Send("NDATA/gateway", 2, Plant.Alias(7, 1)).Reason, Does.Contain("not in this session"));
        _plant.NodeBirth(0, 5, Plant.Defined("P", 7, "W", 1));
        Assert.That(_plant.Send("NDATA/gateway", 1, Plant.Alias(7, 1)).IsDecoded, Is.True);
    }

    [Test]
    public void Death_of_a_device_ends_the_device_and_birth_of_the_node_ends_all()
    {
        _plant.NodeBirth(0, 1);
        _plant.Send("DBIRTH/gateway/a", 1, Plant.Defined("P", 7, "W", 1));
        _plant.Send("DBIRTH/gateway/b", 2, Plant.Defined("P", 7, "W", 1));
        _plant.Send("DDEATH/gateway/a", 3);
        Assert.That(_plant.Send("DDATA/gateway/a", 4, Plant.Alias(7, 1)).Kind, Is.EqualTo(RejectKind.NoBirth));
        Assert.That(_plant.Send("DDATA/gateway/b", 5, Plant.Alias(7, 1)).IsDecoded, Is.True);
        _plant.NodeBirth(0, 2);
        Assert.That(_plant.Send("DDATA/gateway/b", 1, Plant.Alias(7, 1)).Kind, Is.EqualTo(RejectKind.NoBirth));
    }

    [Test]
    public void Births_and_sequences_outlive_a_restart()
    {
        _plant.NodeBirth(0, 1, Plant.Defined("P", 7, "W", 1));
        _plant.Send("DBIRTH/gateway/m-1", 1, Plant.Defined("P", 9, "kW", 1));
        _plant.Restart();
        Assert.That(_plant.Send("DDATA/gateway/m-1", 2, Plant.Alias(9, 3)).IsDecoded, Is.True);
        Assert.That(_plant.Readings[0].PowerKilowatts, Is.EqualTo(3));
        _plant.Send("NDATA/gateway", 9, Plant.Alias(7, 1));
        Assert.That(_plant.Readings[0].Quality, Is.EqualTo(QualityFlags.SequenceGap), "what was lost while the service was away is seen");
        Assert.That(_plant.Asked, Has.Count.EqualTo(1));
    }

    [Test]
    public void More_sources_than_are_remembered_go_to_the_dead_letters()
    {
        var plant = new Plant(new SourceOptions { MostSources = 1 });
        Assert.That(plant.NodeBirth(0, 1, Plant.Defined("P", 7, "W", 1)).IsDecoded, Is.True);
        var result = plant.Send("NBIRTH/other", 0, Plant.Defined("P", 7, "W", 1));
        Assert.That(result.Kind, Is.EqualTo(RejectKind.TooLarge));
        Assert.That(result.Reason, Does.Contain("MostSources"));
    }

    [Test]
    public void Metric_without_a_unit_is_rejected_in_data_with_the_remedy()
    {
        _plant.NodeBirth(0, 1, new Metric { Name = "P", Alias = 7, Datatype = 10, DoubleValue = 1 });
        var result = _plant.Send("NDATA/gateway", 1, Plant.Alias(7, 1));
        Assert.That(result.Kind, Is.EqualTo(RejectKind.NoUnit));
        Assert.That(result.Reason, Does.Contain("engUnit").And.Contain("Keys"));
    }

    [Test]
    public void More_metrics_than_will_be_built_are_rejected_before_they_are()
    {
        var payload = new byte[(WireScan.MostMetrics + 1) * 2];
        for (var i = 0; i < payload.Length; i += 2)
        {
            payload[i] = 0x12;
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = _plant.Decoder.Decode("spBv1.0/plant/NDATA/gateway"u8, payload, Bench.Arrival, new ReadingBuffer());
        Assert.That(result.Kind, Is.EqualTo(RejectKind.TooLarge));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }
}
