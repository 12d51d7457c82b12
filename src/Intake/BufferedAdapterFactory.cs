// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;

namespace Detector.Intake;

/// <summary>Makes the connections of a client as the library does, over TCP or TLS, with a buffer between them and the socket.</summary>
internal sealed class BufferedAdapterFactory : IMqttClientAdapterFactory
{
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The adapter owns its channel and the client its adapter.")]
    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
    {
        var formatter = new MqttPacketFormatterAdapter(options.ProtocolVersion, new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax));
        return new MqttChannelAdapter(new BufferedChannel(new MqttTcpChannel(options)), formatter, logger)
        {
            AllowPacketFragmentation = options.AllowPacketFragmentation,
            PacketInspector = packetInspector,
        };
    }
}
