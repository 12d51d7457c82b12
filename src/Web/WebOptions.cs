// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using Detector.Web.Security.OpenId;

namespace Detector.Web;

/// <summary>How the HTTP API and the console behave.</summary>
public sealed class WebOptions
{
    /// <summary>
    /// Whether a caller on loopback may read without signing in. For demonstrations: a proxy on the same machine would
    /// make everybody local, so requests that were forwarded, or that name another host, are never taken as local.
    /// </summary>
    public bool AnonymousLoopbackRead { get; set; }

    /// <summary>Sign-in by an OpenID Connect provider beside local users; off where left out.</summary>
    public OpenIdOptions OpenId { get; set; } = new();

    /// <summary>Folder for the keys that protect session cookies; null keeps them in memory, so that a restart signs everybody out.</summary>
    public string? KeysFolder { get; set; }

    /// <summary>Folder that holds models as NAME/VERSION and the file <c>current</c>, or that of one version, for the analyst's desk; null shows none.</summary>
    public string? ModelsFolder { get; set; }

    /// <summary>Folder below which <c>detector backtest</c> wrote its reports, for the analyst's desk; null looks beside the models only.</summary>
    public string? BacktestsFolder { get; set; }

    /// <summary>The alert budget that judging goes by, in false cases a week, for the analyst's desk; null where none is set.</summary>
    public double? AlertBudget { get; set; }

    /// <summary>Meters of the fleet that budgets are for; null takes those of the register.</summary>
    public int? FleetMeters { get; set; }

    /// <summary>Longest request body in bytes.</summary>
    [Range(1024, 16 << 20)]
    public int MaxRequestBytes { get; set; } = 64 << 10; // a note and a handful of ids are far below

    /// <summary>Requests a client may send per second in the long run; over it the answer is 429.</summary>
    [Range(1, 100_000)]
    public int RequestsPerSecond { get; set; } = 100;

    /// <summary>Requests a client may send at once before the rate applies.</summary>
    [Range(1, 1_000_000)]
    public int RequestBurst { get; set; } = 400;

    /// <summary>Sign-in attempts per minute from one address.</summary>
    [Range(1, 10_000)]
    public int SignInsPerMinute { get; set; } = 10;

    /// <summary>Wrong tokens in a row after which a name is shut out at that address.</summary>
    [Range(1, 1000)]
    public int SignInFailuresBeforeLock { get; set; } = 5;

    /// <summary>How long it is shut out.</summary>
    public TimeSpan SignInLock { get; set; } = TimeSpan.FromMinutes(5); // long against a guesser, short against a person

    /// <summary>Streams of events that one client may follow at the same time; one more is answered 429.</summary>
    [Range(1, 10_000)]
    public int EventStreamsPerClient { get; set; } = 16;

    /// <summary>Answers with readings that may stream at the same time, half of them to one client; more wait their turn.</summary>
    [Range(1, 1000)]
    public int ConcurrentStreams { get; set; } = 16;

    /// <summary>How long a console session lasts without use.</summary>
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(8); // one shift

    /// <summary>How often an open page looks for changes.</summary>
    public TimeSpan RefreshEvery { get; set; } = TimeSpan.FromSeconds(2);
}
