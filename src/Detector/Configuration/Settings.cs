// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;
using System.Net;
using Detector.Cases;
using Detector.Cases.Queues;
using Detector.Codecs;
using Detector.Detection;
using Detector.Intake;
using Detector.Intake.Tls;
using Detector.Journal;
using Detector.Neighbours;
using Detector.Pipeline;
using Detector.Timeline;
using Detector.Validation;
using Detector.Web.Security.OpenId;

namespace Detector.Host.Configuration;

/// <summary>Everything that can be configured, one member a section; keys are the same in file and environment.</summary>
internal sealed class Settings
{
    public DataOptions Data { get; set; } = new();

    public HttpOptions Http { get; set; } = new();

    public IntakeOptions Mqtt { get; set; } = new();

    public JournalOptions Journal { get; set; } = new();

    public CodecsOptions Codecs { get; set; } = new();

    public ValidationOptions Validation { get; set; } = new();

    public RelayOptions Relay { get; set; } = new();

    public TimelineOptions Timeline { get; set; } = new();

    public WatchOptions Watch { get; set; } = new();

    public BurstRequestOptions Bursts { get; set; } = new();

    public ModelOptions Model { get; set; } = new();

    public JudgeOptions Detection { get; set; } = new();

    public NeighbourOptions Neighbours { get; set; } = new();

    public RegistryOptions Registry { get; set; } = new();

    public CasesOptions Cases { get; set; } = new();

    public QueueOptions Queue { get; set; } = new();

    public TracesOptions Traces { get; set; } = new();
}

/// <summary>Where state lives: section <c>Data</c>.</summary>
internal sealed class DataOptions
{
    /// <summary>Folder that holds all state.</summary>
    [Required]
    public string Folder { get; set; } = "data";
}

/// <summary>The API and the console: section <c>Http</c>.</summary>
internal sealed class HttpOptions
{
    /// <summary>Address and port to listen on; port 0 takes a free one.</summary>
    [Required]
    public string Listen { get; set; } = "127.0.0.1:8080";

    /// <summary>Says that plain HTTP beyond loopback is meant, because something in front of it speaks TLS.</summary>
    public bool AllowBeyondLoopback { get; set; }

    /// <summary>TLS; with a certificate the API and the console are HTTPS and nothing else.</summary>
    public HttpTlsOptions Tls { get; set; } = new();

    /// <summary>Lets anyone on loopback read without a token.</summary>
    public bool AnonymousLoopbackRead { get; set; }

    /// <summary>Sign-in by an OpenID Connect provider beside local users; off where left out.</summary>
    public OpenIdOptions OpenId { get; set; } = new();

    /// <summary>The address as an end point.</summary>
    /// <exception cref="UsageException">It is not ADDRESS:PORT.</exception>
    public IPEndPoint ToEndPoint() => ListenAddress.TryParse(Listen, out var point)
        ? point
        : throw new UsageException($"Http:Listen (--http) is '{Listen}'; it must be ADDRESS:PORT, such as 127.0.0.1:8080 or localhost:8080.");
}

/// <summary>What payloads mean: section <c>Codecs</c>.</summary>
internal sealed class CodecsOptions
{
    /// <summary>Topic mappings; empty means the default ones.</summary>
    public List<TopicMapping> Mappings { get; set; } = [];

    /// <summary>The mappings in force.</summary>
    internal IReadOnlyList<TopicMapping> InForce => Mappings.Count > 0 ? Mappings : TopicMapping.Defaults();

    /// <summary>Profiles by name, for mappings to build on, beside the shipped ones.</summary>
    public Dictionary<string, TopicMapping> Profiles { get; set; } = [];

    /// <summary>What codecs may ask of sources and remember of them.</summary>
    public SourceOptions Sources { get; set; } = new();
}

/// <summary>Which model judges: section <c>Model</c>.</summary>
internal sealed class ModelOptions
{
    /// <summary>Folder of one model's version; empty means the one that the shipped <c>models/current</c> names.</summary>
    public string Folder { get; set; } = string.Empty;
}

/// <summary>The register of meters and sites: section <c>Registry</c>.</summary>
internal sealed class RegistryOptions
{
    /// <summary>A sites file; empty means <c>sites.csv</c> in the data folder, where there is one.</summary>
    public string File { get; set; } = string.Empty;
}
