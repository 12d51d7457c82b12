// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Intake.Clients;

/// <summary>Which clients the embedded broker lets in without credentials.</summary>
public enum AnonymousAccess
{
    /// <summary>Those on loopback, as long as no client is in the clients file and no client authority is set; none from then on.</summary>
    Automatic,

    /// <summary>None.</summary>
    Never,

    /// <summary>Those on loopback.</summary>
    Loopback,

    /// <summary>Anyone who reaches it.</summary>
    Anyone,
}

/// <summary>Who may connect to the embedded broker, and on which topics: section <c>Mqtt:Clients</c>.</summary>
public sealed class ClientOptions : IValidatableObject
{
    /// <summary>The clients file; empty means <c>mqtt-clients</c> in the data folder.</summary>
    public string File { get; set; } = string.Empty;

    /// <summary>Who is let in without credentials.</summary>
    public AnonymousAccess Anonymous { get; set; } = AnonymousAccess.Automatic;

    /// <summary>Topic filters on which an authenticated client may publish, <c>{client}</c> standing for its name; empty: <see cref="DefaultPublish"/>.</summary>
    public IList<string> Publish { get; } = [];

    /// <summary>Topic filters to which an authenticated client may subscribe; empty: <see cref="DefaultSubscribe"/>.</summary>
    public IList<string> Subscribe { get; } = [];

    /// <summary>Clients with filters of their own in place of those above, such as gateways, by name.</summary>
    public Dictionary<string, ClientPermissions> Named { get; set; } = [];

    /// <summary>Names that are refused whatever they show: certificates and passwords that got lost.</summary>
    public IList<string> Blocked { get; } = [];

    /// <summary>A meter publishes as itself: its own topic, and its quantities below it.</summary>
    public static IReadOnlyList<string> DefaultPublish { get; } = ["meters/{client}", "meters/{client}/+"];

    /// <summary>A meter hears its own commands.</summary>
    public static IReadOnlyList<string> DefaultSubscribe { get; } = ["meters/{client}/burst"];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Publish.Concat(Subscribe).FirstOrDefault(f => !TopicFilters.IsValid(f)) is { } bad)
        {
            yield return new ValidationResult($"'{bad}' is not a topic filter; + and # stand for whole levels, # for the last", [Publish.Contains(bad) ? nameof(Publish) : nameof(Subscribe)]);
        }

        foreach (var (name, permissions) in Named)
        {
            if (ClientName.Fault(name) is { } fault)
            {
                yield return new ValidationResult($"'{name}' cannot be a client's name: {fault}", [nameof(Named)]);
            }

            if (permissions.Publish.Concat(permissions.Subscribe).FirstOrDefault(f => !TopicFilters.IsValid(f)) is { } filter)
            {
                yield return new ValidationResult($"'{filter}' of {name} is not a topic filter; + and # stand for whole levels, # for the last", [nameof(Named)]);
            }
        }
    }
}

/// <summary>Filters of one client, in place of the general ones; empty: none.</summary>
public sealed class ClientPermissions
{
    /// <summary>Topic filters on which it may publish.</summary>
    public IList<string> Publish { get; } = [];

    /// <summary>Topic filters to which it may subscribe.</summary>
    public IList<string> Subscribe { get; } = [];
}
