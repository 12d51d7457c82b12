// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Timeline.Influx;

/// <summary>InfluxDB 1.x, 2.x or 3 over HTTP: section <c>Timeline:Influx</c>.</summary>
public sealed class InfluxOptions
{
    /// <summary>Address of the server, <c>http</c> or <c>https</c>; <c>user:password@</c> in it becomes basic authentication (1.x).</summary>
    public string Url { get; set; } = "http://127.0.0.1:8086";

    /// <summary>Database (1.x, 3) or bucket (2.x).</summary>
    [Required]
    public string Database { get; set; } = "detector";

    /// <summary>Token of 2.x or 3; where given, writes go to <c>/api/v2/write</c>. Empty means 1.x.</summary>
    public string Token { get; set; } = string.Empty;

    /// <summary>Organization of 2.x; empty leaves it out, as 3 wants.</summary>
    public string Organization { get; set; } = string.Empty;

    /// <summary>Points in one write request.</summary>
    [Range(1, 100_000)]
    public int BatchSize { get; set; } = 10_000; // 1.6.7 took 153,000 points/s in batches of 10,000 and 100,000 in batches of 1,000

    /// <summary>Whether writes travel compressed; absent, they do unless the server is on this machine, where packing and unpacking would share its cores.</summary>
    public bool? Compress { get; set; }

    /// <summary>Meters asked about in one query request.</summary>
    [Range(1, 10_000)]
    public int QueryMeters { get; set; } = 200;

    /// <summary>Rows in one piece of a streamed answer.</summary>
    [Range(1, 1_000_000)]
    public int ChunkRows { get; set; } = 10_000; // the server's own default

    /// <summary>Seconds one request may take until the server's first answer.</summary>
    [Range(0.05, 600)]
    public double AttemptSeconds { get; set; } = 15;

    /// <summary>Seconds one call may take over all its attempts before the store counts as unavailable.</summary>
    [Range(0.1, 3600)]
    public double TotalSeconds { get; set; } = 60;

    /// <summary>Attempts after the first.</summary>
    [Range(0, 100)]
    public int Retries { get; set; } = 6;

    /// <summary>Seconds before the first repeated attempt; doubles from one to the next, with jitter.</summary>
    [Range(0.001, 60)]
    public double RetrySeconds { get; set; } = 0.2;

    /// <summary>Longest pause between attempts in seconds, also where the server asks for more by <c>Retry-After</c>.</summary>
    [Range(0.001, 600)]
    public double LongestRetrySeconds { get; set; } = 10;

    /// <summary>Failures in a row's window after which the circuit opens and calls fail at once.</summary>
    [Range(2, 1000)]
    public int CircuitFailures { get; set; } = 10;

    /// <summary>Seconds the circuit stays open before one call tries again.</summary>
    [Range(0.5, 600)]
    public double CircuitSeconds { get; set; } = 5;

    /// <summary>Adds what ranges alone cannot say; called where this kind is chosen.</summary>
    internal void CollectFaults(string path, List<string> faults)
    {
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            faults.Add($"{path}:Url is '{Url}'; it must be an http or https address.");
        }

        if (TotalSeconds < AttemptSeconds)
        {
            faults.Add(FormattableString.Invariant($"{path}:TotalSeconds is {TotalSeconds}; it must be at least AttemptSeconds, {AttemptSeconds}."));
        }

        if (LongestRetrySeconds < RetrySeconds)
        {
            faults.Add(FormattableString.Invariant($"{path}:LongestRetrySeconds is {LongestRetrySeconds}; it must be at least RetrySeconds, {RetrySeconds}."));
        }
    }
}
