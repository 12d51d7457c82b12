// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Exceptions;

namespace Detector.Intake.Broker;

/// <summary>The bytes of one connection, watched: a packet longer than allowed is seen by its header, before memory is given to it.</summary>
internal sealed class GuardedChannel(IMqttChannel inner, int mostPacketBytes, Action<string> closed) : IMqttChannel
{
    private const int LengthBytes = 4; // MQTT 2.2.3: the remaining length takes at most so many

    private bool _atHeader = true;
    private int _lengthByte = -1;
    private long _remaining;

    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public bool IsSecureConnection => inner.IsSecureConnection;

    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var read = await inner.ReadAsync(buffer, offset, count, cancellationToken);
        Watch(buffer.AsSpan(offset, read));
        return read;
    }

    public Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken) => inner.WriteAsync(buffer, isEndOfPacket, cancellationToken);

    public void Dispose() => inner.Dispose();

    private void Watch(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_lengthByte < 0 && !_atHeader)
            {
                var body = (int)Math.Min(_remaining, bytes.Length);
                _remaining -= body;
                _atHeader = _remaining == 0;
                bytes = bytes[body..];
                continue;
            }

            Header(bytes[0]);
            bytes = bytes[1..];
        }
    }

    private void Header(byte next)
    {
        if (_atHeader)
        {
            (_atHeader, _lengthByte, _remaining) = (false, 0, 0);
            return;
        }

        _remaining |= (long)(next & 0x7F) << (7 * _lengthByte++);
        if (_remaining > mostPacketBytes)
        {
            closed("packet_too_large");
            throw new MqttCommunicationException($"A packet of {_remaining} bytes is longer than the {mostPacketBytes} allowed.");
        }

        if ((next & 0x80) == 0 || _lengthByte == LengthBytes)
        {
            _lengthByte = -1;
            _atHeader = _remaining == 0;
        }
    }
}
