// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Detector.Bench.EndToEnd;

/// <summary>Publishes at QoS 1 for next to nothing: packets are written into one buffer and sent together, and acknowledgements are only counted (MQTT 3.1.1, sections 3.1 to 3.4).</summary>
/// <remarks>A client library's publisher in the same process costs more than a broker, and two cores then measure it.</remarks>
internal static class LeanPublisher
{
    private const int AcknowledgementBytes = 4;

    /// <summary>Publishes every message that the connection is given, so many in flight; ends when all are acknowledged.</summary>
    /// <exception cref="IOException">The broker leaves, or answers something else.</exception>
    public static async Task PublishAsync(Uri broker, string clientId, IEnumerable<(string Topic, byte[] Payload)> messages, int inFlight)
    {
        using var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(broker.Host, broker.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Connect(clientId));
        await ExpectAsync(stream, 0x20, new byte[AcknowledgementBytes]);
        var gathered = new MemoryStream();
        var answers = new byte[AcknowledgementBytes * inFlight];
        var (open, packet, partial) = (0, (ushort)0, 0);
        using var next = messages.GetEnumerator();
        var isMore = next.MoveNext();
        while (isMore || open > 0)
        {
            gathered.SetLength(0);
            while (isMore && open < inFlight)
            {
                packet = packet == ushort.MaxValue ? (ushort)1 : (ushort)(packet + 1);
                Publish(gathered, next.Current.Topic, packet, next.Current.Payload);
                open++;
                isMore = next.MoveNext();
            }

            await stream.WriteAsync(gathered.GetBuffer().AsMemory(0, (int)gathered.Length));
            var read = await stream.ReadAsync(answers.AsMemory(0, (AcknowledgementBytes * open) - partial));
            if (read == 0 || (partial == 0 && answers[0] != 0x40))
            {
                throw new IOException("The broker left or did not acknowledge.");
            }

            open -= (partial + read) / AcknowledgementBytes;
            partial = (partial + read) % AcknowledgementBytes;
        }

        await stream.WriteAsync(new byte[] { 0xE0, 0 });
    }

    private static async Task ExpectAsync(NetworkStream stream, byte first, byte[] answer)
    {
        await stream.ReadExactlyAsync(answer);
        if (answer[0] != first || answer[^1] != 0)
        {
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"The broker answered {Convert.ToHexString(answer)}."));
        }
    }

    private static byte[] Connect(string clientId)
    {
        var packet = new MemoryStream();
        packet.Write([0x10, (byte)(12 + clientId.Length)]);
        packet.Write([0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 60]); // clean session, a minute's keep-alive
        Text(packet, clientId);
        return packet.ToArray();
    }

    private static void Publish(MemoryStream into, string topic, ushort packet, byte[] payload)
    {
        into.WriteByte(0x32); // PUBLISH, QoS 1
        var length = 2 + topic.Length + 2 + payload.Length;
        for (; length > 0x7F; length >>= 7)
        {
            into.WriteByte((byte)(length | 0x80));
        }

        into.WriteByte((byte)length);
        Text(into, topic);
        Number(into, packet);
        into.Write(payload);
    }

    private static void Text(MemoryStream into, string ascii)
    {
        Number(into, (ushort)ascii.Length);
        into.Write(Encoding.ASCII.GetBytes(ascii));
    }

    private static void Number(MemoryStream into, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        into.Write(bytes);
    }
}
