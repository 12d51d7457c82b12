// SPDX-License-Identifier: Apache-2.0
namespace Detector.Intake.Clients;

/// <summary>Topic filters of MQTT (3.1.1 and 5, 4.7): what is one, and which lies within another.</summary>
internal static class TopicFilters
{
    /// <summary>Whether <c>+</c> and <c>#</c> stand for whole levels, and <c>#</c> only for the last ones.</summary>
    public static bool IsValid(string filter)
    {
        if (filter.Length == 0)
        {
            return false;
        }

        var levels = filter.Split('/');
        return !levels.Where((level, at) => level is not ("+" or "#") ? level.AsSpan().ContainsAny("+#") : level == "#" && at < levels.Length - 1).Any();
    }

    /// <summary>Whether everything that the asked filter matches is matched by the allowed one too.</summary>
    public static bool Covers(string allowed, string asked)
    {
        var rule = allowed.AsSpan();
        var rest = asked.AsSpan();
        while (true)
        {
            var a = Level(rule);
            var b = Level(rest);
            if (a is "#")
            {
                // Wildcards do not reach the broker's own topics (4.7.2).
                return rule.Length != allowed.Length || asked[0] != '$';
            }

            if (b is "#" || (a is "+" ? rest.Length == asked.Length && asked[0] == '$' : !a.SequenceEqual(b)))
            {
                return false;
            }

            var (endA, endB) = (a.Length == rule.Length, b.Length == rest.Length);
            if (endA || endB)
            {
                return endA == endB || (endB && rule[(a.Length + 1)..] is "#");
            }

            rule = rule[(a.Length + 1)..];
            rest = rest[(b.Length + 1)..];
        }
    }

    /// <summary>Number of levels of a topic or filter.</summary>
    public static int Levels(ReadOnlySpan<char> topic) => topic.Count('/') + 1;

    private static ReadOnlySpan<char> Level(ReadOnlySpan<char> topic) => topic.IndexOf('/') is >= 0 and var at ? topic[..at] : topic;
}
