// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace Detector.Codecs.SparkplugB;

/// <summary>What a message is about.</summary>
internal enum MessageType : byte
{
    NodeBirth,
    NodeDeath,
    NodeData,
    DeviceBirth,
    DeviceDeath,
    DeviceData,

    /// <summary>A command to a node or device, or a host's state: no meter's message.</summary>
    Command,
}

/// <summary>A topic of the namespace: <c>spBv1.0/group/type/node[/device]</c>.</summary>
/// <param name="Type">What the message is about.</param>
/// <param name="Node">Group and edge node, joined by a slash.</param>
/// <param name="Device">The device; empty for the node itself.</param>
internal readonly record struct SparkplugTopic(MessageType Type, string Node, string Device)
{
    private const string Namespace = "spBv1.0";

    /// <summary>Whether it is a birth certificate.</summary>
    public bool IsBirth => Type is MessageType.NodeBirth or MessageType.DeviceBirth;

    /// <summary>The topic of commands to the node.</summary>
    public string NodeCommand => $"{Namespace}/{Node.Replace("/", "/NCMD/", StringComparison.Ordinal)}";

    /// <summary>The meter where nothing names one: unique in the namespace.</summary>
    public string Meter => Device.Length == 0 ? Node.Replace('/', ':') : $"{Node.Replace('/', ':')}:{Device}";

    public static bool TryParse(ReadOnlySpan<byte> topicUtf8, out SparkplugTopic topic)
    {
        topic = default;
        var levels = Encoding.UTF8.GetString(topicUtf8).Split('/');
        if (levels.Length < 3 || levels[0] != Namespace)
        {
            return false;
        }

        if (levels[1] == "STATE")
        {
            topic = new SparkplugTopic(MessageType.Command, string.Empty, string.Empty);
            return true;
        }

        MessageType? type = (levels[2], levels.Length) switch
        {
            ("NBIRTH", 4) => MessageType.NodeBirth,
            ("NDEATH", 4) => MessageType.NodeDeath,
            ("NDATA", 4) => MessageType.NodeData,
            ("DBIRTH", 5) => MessageType.DeviceBirth,
            ("DDEATH", 5) => MessageType.DeviceDeath,
            ("DDATA", 5) => MessageType.DeviceData,
            ("NCMD", 4) or ("DCMD", 5) => MessageType.Command,
            _ => null,
        };
        if (type is null || levels[1].Length == 0 || levels[3].Length == 0)
        {
            return false;
        }

        topic = new SparkplugTopic(type.Value, $"{levels[1]}/{levels[3]}", levels.Length == 5 ? levels[4] : string.Empty);
        return true;
    }
}
