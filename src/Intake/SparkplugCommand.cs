// SPDX-License-Identifier: Apache-2.0
namespace Detector.Intake;

/// <summary>Commands of Sparkplug hosts, ours among them: <c>spBv1.0/group/NCMD/node</c> and <c>spBv1.0/group/DCMD/node/device</c>.</summary>
internal static class SparkplugCommand
{
    private const string Namespace = "spBv1.0/";

    /// <summary>Whether a topic carries such commands; messages on it are no meter's and are not journalled.</summary>
    public static bool IsTopic(ReadOnlySpan<char> topic)
    {
        if (!topic.StartsWith(Namespace, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = topic[Namespace.Length..];
        var type = rest[(rest.IndexOf('/') + 1)..];
        return type.StartsWith("NCMD/", StringComparison.Ordinal) || type.StartsWith("DCMD/", StringComparison.Ordinal);
    }
}
