// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;

namespace Detector.Samples.RabbitMq;

/// <summary>What a consumer needs of a CloudEvent.</summary>
/// <param name="Id">Unique for ever: by it repeats are dropped.</param>
/// <param name="Sequence">Grows; in order within a subject.</param>
/// <param name="Subject">The case, or the site of a verdict.</param>
/// <param name="Type">Such as <c>detector.case.opened</c>.</param>
/// <param name="Body">All of it, as it came.</param>
internal sealed record ReceivedEvent(string Id, long Sequence, string Subject, string Type, byte[] Body)
{
    /// <summary>Reads a message; throws where it is no CloudEvent of Detector's.</summary>
    public static ReceivedEvent Read(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        return new ReceivedEvent(
            Text(root, "id"), long.Parse(Text(root, "sequence"), CultureInfo.InvariantCulture), Text(root, "subject"), Text(root, "type"), body);
    }

    private static string Text(JsonElement root, string name) => root.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");
}
