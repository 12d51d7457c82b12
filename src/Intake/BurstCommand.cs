// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;
using Detector.Metering;

namespace Detector.Intake;

/// <summary>Asks a meter for fast readings for a while: <c>meters/{meter}/burst</c>, <c>{"seconds":60,"hz":1}</c>.</summary>
public static class BurstCommand
{
    private const string Prefix = "meters/";
    private const string Suffix = "/burst";

    /// <summary>Whether a topic carries such commands; messages on it are ours and are not journalled.</summary>
    public static bool IsTopic(string topic) =>
        topic.Length > Prefix.Length + Suffix.Length
        && topic.StartsWith(Prefix, StringComparison.Ordinal)
        && topic.EndsWith(Suffix, StringComparison.Ordinal)
        && !topic.AsSpan(Prefix.Length, topic.Length - Prefix.Length - Suffix.Length).Contains('/');

    /// <summary>Sends the command and ends when the broker has acknowledged it.</summary>
    /// <param name="outlet">The broker, or a connection to it.</param>
    /// <param name="meter">The meter asked.</param>
    /// <param name="duration">How long, 1 s to 1 h, in whole seconds.</param>
    /// <param name="hertz">Readings a second, above 0 to 10.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static Task SendAsync(IMessageOutlet outlet, MeterId meter, TimeSpan duration, double hertz, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hertz);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(hertz, 10);
        var payload = string.Create(CultureInfo.InvariantCulture, $"{{\"seconds\":{(long)duration.TotalSeconds},\"hz\":{hertz}}}");
        return outlet.PublishAsync($"{Prefix}{meter}{Suffix}", Encoding.UTF8.GetBytes(payload), cancel);
    }
}
