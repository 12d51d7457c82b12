// SPDX-License-Identifier: Apache-2.0
using System.Net.Sockets;
using Detector.Host.Configuration;
using Detector.Intake;

namespace Detector.Host.Demo;

/// <summary>Lets the demo start beside other programs: a usual port that is taken is replaced, unless it was asked for by name.</summary>
internal static class FreeAddresses
{
    public static void Choose(Settings settings, bool httpGiven, bool mqttGiven)
    {
        if (!httpGiven)
        {
            settings.Http.Listen = FreeOr(settings.Http.Listen);
        }

        if (!mqttGiven && string.IsNullOrEmpty(settings.Mqtt.Url))
        {
            settings.Mqtt.Listen = FreeOr(settings.Mqtt.Listen);
        }
    }

    private static string FreeOr(string usual)
    {
        if (!ListenAddress.TryParse(usual, out var point))
        {
            return usual; // refused with the settings
        }

        try
        {
            using var probe = new TcpListener(point);
            probe.Start();
            return usual;
        }
        catch (SocketException)
        {
            using var probe = new TcpListener(point.Address, 0);
            probe.Start();
            return probe.LocalEndpoint.ToString()!;
        }
    }
}
