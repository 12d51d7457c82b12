// SPDX-License-Identifier: Apache-2.0
namespace Detector.Timeline.Influx;
internal sealed class InfluxTimeline
{
    public const string KindName = "influx";
    public static Task<ITimeline> OpenAsync(TimelineSetup setup, CancellationToken cancel) => throw new TimelineConfigurationException("x");
}
