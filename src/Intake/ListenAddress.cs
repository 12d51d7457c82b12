// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Net;

namespace Detector.Intake;

/// <summary><c>ADDRESS:PORT</c> as a service listens on.</summary>
public static class ListenAddress
{
    /// <summary>An IP address (IPv6 in brackets), <c>localhost</c> (IPv4 loopback) or <c>*</c> (every IPv4 address), a colon and a port, 0 for a free one.</summary>
    public static bool TryParse(string text, out IPEndPoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(text);
        endpoint = new IPEndPoint(IPAddress.Loopback, 0);
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var host = text[..colon];
        var address = host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            _ => IPAddress.TryParse(host, out var parsed) ? parsed : null,
        };
        if (address is null)
        {
            return false;
        }

        endpoint = new IPEndPoint(address, port);
        return true;
    }
}
