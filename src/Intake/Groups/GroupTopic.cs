// SPDX-License-Identifier: Apache-2.0
namespace Detector.Intake.Groups;

/// <summary>Where the members of a shared group say how they are: <c>detector/groups/GROUP/MEMBER</c>, retained; the member is its client id.</summary>
internal static class GroupTopic
{
    /// <summary>Payload of a member that is connected.</summary>
    public const string Online = "online";

    /// <summary>Payload of a member that left or was lost; the broker says it in its place.</summary>
    public const string Offline = "offline";

    private const string Prefix = "detector/groups/";
    private const string Adopted = "adopted:";

    /// <summary>Whether a topic carries such messages; they are no meter's and are not journalled.</summary>
    public static bool IsTopic(string topic) => topic.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The topic of a member.</summary>
    public static string Of(string group, string member) => $"{Prefix}{group}/{member}";

    /// <summary>The filter of all members.</summary>
    public static string All(string group) => Of(group, "+");

    /// <summary>The member of a group that a topic is of; null where it is of another group, which a wide filter brings as well.</summary>
    public static string? MemberOf(string topic, string group) =>
        IsTopic(topic) && topic.LastIndexOf('/') is var at && topic.AsSpan(Prefix.Length, Math.Max(0, at - Prefix.Length)).SequenceEqual(group) ? topic[(at + 1)..] : null;

    /// <summary>Payload that says who takes what comes for an absent member.</summary>
    public static string AdoptedBy(string member) => Adopted + member;

    /// <summary>Who takes what comes for an absent member; null where the payload does not say so.</summary>
    public static string? AdopterIn(string payload) => payload.StartsWith(Adopted, StringComparison.Ordinal) ? payload[Adopted.Length..] : null;
}
