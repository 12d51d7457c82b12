// SPDX-License-Identifier: Apache-2.0
namespace Detector.Intake.Clients;

/// <summary>On which topics one client may publish and to which it may subscribe.</summary>
internal sealed class TopicRights
{
    private const string Placeholder = "{client}";

    private readonly string[]? _publish;
    private readonly string[]? _subscribe;

    private TopicRights(string[]? publish, string[]? subscribe) => (_publish, _subscribe) = (publish, subscribe);

    /// <summary>Everything: of an anonymous client, where such are let in, and of the service itself.</summary>
    public static TopicRights All { get; } = new(null, null);

    /// <summary>The rights of an authenticated client.</summary>
    public static TopicRights Of(string name, ClientOptions options) => options.Named.TryGetValue(name, out var own)
        ? new TopicRights(Fill(own.Publish, name), Fill(own.Subscribe, name))
        : new TopicRights(
            Fill(options.Publish.Count > 0 ? options.Publish : ClientOptions.DefaultPublish, name),
            Fill(options.Subscribe.Count > 0 ? options.Subscribe : ClientOptions.DefaultSubscribe, name));

    /// <summary>Whether it may publish on a topic. Commands to meters are never a client's to give, unless a filter names them without a wildcard.</summary>
    public bool MayPublish(string topic) => _publish is null || _publish.Any(filter => TopicFilters.Covers(filter, topic) && (filter == topic || Arrivals.IsKept(topic)));

    /// <summary>Whether it may subscribe to a filter: one of its own covers it.</summary>
    public bool MaySubscribe(string filter) => _subscribe is null || _subscribe.Any(allowed => TopicFilters.Covers(allowed, filter));

    private static string[] Fill(IEnumerable<string> filters, string name) => [.. filters.Select(f => f.Replace(Placeholder, name, StringComparison.Ordinal))];
}
