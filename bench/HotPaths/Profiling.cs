// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using Detector.Detection;
using Detector.Metering;
using Detector.Profiles;
using Detector.Validation;

namespace Detector.Bench.HotPaths;

/// <summary>From 91 days of quarter hours to a finding, step by step.</summary>
public class Profiling
{
    private readonly ReadingColumns _columns = Loads.Columns(91);
    private readonly MeterRegistration _registration = MeterRegistration.Unregistered(Loads.Meter);
    private readonly SeriesAssessor _assessor = new();
    private readonly ProfileBuilder _profiles = new(FeatureCatalog.Default());
    private readonly Judge _judge = Loads.Judge();
    private readonly DetectorModel _model = Loads.Model();
    private LoadSeries? _series;
    private HourlyLoad? _hours;
    private LoadProfile? _profile;

    [GlobalSetup]
    public void Setup()
    {
        _series = AssessSeries();
        _hours = ToHours();
        _profile = BuildFeatures();
    }

    [Benchmark]
    public LoadSeries AssessSeries() => _assessor.Assess(_columns).Series;

    [Benchmark]
    public HourlyLoad ToHours() => HourlyLoad.From(_series!, "Asia/Shanghai");

    [Benchmark]
    public LoadProfile BuildFeatures() => _profiles.Build(Loads.Meter, _hours!);

    [Benchmark]
    public ClassEvidence ScoreTrees() => _model.Score(_profile!);

    [Benchmark]
    public Finding Judge() => _judge.Assess(_series!, _registration, asOf: null);
}
