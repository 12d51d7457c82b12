// SPDX-License-Identifier: Apache-2.0
namespace Detector.Intake;

/// <summary>A broker as a URL names it.</summary>
internal sealed record BrokerAddress(string Host, int Port, bool Tls, string? User, string? Password)
{
    private const int PlainPort = 1883; // IANA: mqtt
    private const int TlsPort = 8883; // IANA: secure-mqtt

    /// <summary>Without user and password, for logs.</summary>
    public override string ToString() => $"{(Tls ? "mqtts" : "mqtt")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";

    public static BrokerAddress Of(string url) =>
        TryParse(url, out var address) ? address : throw new FormatException("A broker is named mqtt://HOST:PORT or mqtts://HOST:PORT.");

    public static bool TryParse(string url, out BrokerAddress address)
    {
        address = new BrokerAddress("localhost", PlainPort, false, null, null);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("mqtt" or "mqtts") || uri.Host.Length == 0 || uri.PathAndQuery is not ("" or "/"))
        {
            return false;
        }

        var tls = uri.Scheme == "mqtts";
        var credentials = uri.UserInfo.Split(':', 2);
        address = new BrokerAddress(
            uri.Host.Trim('[', ']'),
            uri.Port > 0 ? uri.Port : tls ? TlsPort : PlainPort,
            tls,
            uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(credentials[0]),
            credentials.Length < 2 ? null : Uri.UnescapeDataString(credentials[1]));
        return true;
    }
}
