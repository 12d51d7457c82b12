// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Intake.Clients;

namespace Detector.Intake.Limits;

/// <summary>Length and depth of topics and filters.</summary>
internal static class TopicLimits
{
    private const int MostBytesACharacter = 3; // UTF-8 of one UTF-16 unit

    /// <summary>The limit that a topic breaks: the metric's tag and words; null where it breaks none.</summary>
    public static (string Reason, string Why)? Fault(string topic, ClientLimits limits)
    {
        if (topic.Length * MostBytesACharacter > limits.TopicBytes && Encoding.UTF8.GetByteCount(topic) > limits.TopicBytes)
        {
            return ("topic_length", $"the topic is longer than {limits.TopicBytes} bytes (Mqtt:Limits:TopicBytes)");
        }

        return TopicFilters.Levels(topic) > limits.TopicLevels ? ("topic_depth", $"the topic has more than {limits.TopicLevels} levels (Mqtt:Limits:TopicLevels)") : null;
    }
}
