// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>A topic with places, such as <c>site/{meter}/{quantity}</c>, matched level by level on the bytes of a topic.</summary>
internal sealed class TopicTemplate
{
    private readonly byte[]?[] _levels; // null = any text
    private readonly int _meterLevel;
    private readonly int _quantityLevel;
    private readonly bool _isOpen; // more levels may follow

    private TopicTemplate(string text, byte[]?[] levels, int meterLevel, int quantityLevel, bool isOpen)
    {
        Text = text;
        _levels = levels;
        _meterLevel = meterLevel;
        _quantityLevel = quantityLevel;
        _isOpen = isOpen;
        Filter = string.Join('/', levels.Select(level => level is null ? "+" : Encoding.UTF8.GetString(level))) + (isOpen ? "/#" : string.Empty);
    }

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>The subscription that receives its topics: each place is a <c>+</c>.</summary>
    public string Filter { get; }

    /// <summary>Whether it names the meter.</summary>
    public bool HasMeter => _meterLevel >= 0;

    /// <summary>Whether it names the quantity.</summary>
    public bool HasQuantity => _quantityLevel >= 0;

    public static bool TryParse(string? text, out TopicTemplate? template, out string? fault)
    {
        template = null;
        fault = null;
        if (string.IsNullOrEmpty(text))
        {
            fault = "it must not be empty";
            return false;
        }

        var isOpen = text.EndsWith("/#", StringComparison.Ordinal);
        var parts = (isOpen ? text[..^2] : text).Split('/');
        foreach (var part in parts)
        {
            var isPlace = part.Length > 2 && part[0] == '{' && part[^1] == '}';
            if ((isPlace ? part.AsSpan(1, part.Length - 2) : part).IndexOfAny("{}+#\0") >= 0)
            {
                fault = "a level is plain text or one whole place such as {meter}, and # may only be the last level";
                return false;
            }
        }

        foreach (var place in new[] { "{meter}", "{quantity}" })
        {
            if (parts.Count(p => p == place) > 1)
            {
                fault = $"it names {place} twice";
                return false;
            }
        }

        var levels = parts.Select(part => part.Length > 2 && part[0] == '{' ? null : Encoding.UTF8.GetBytes(part)).ToArray();
        template = new TopicTemplate(text, levels, Array.IndexOf(parts, "{meter}"), Array.IndexOf(parts, "{quantity}"), isOpen);
        return true;
    }

    /// <summary>Whether a topic fits; then the bytes of its meter and quantity levels, empty where it has none.</summary>
    public bool Matches(ReadOnlySpan<byte> topic, out ReadOnlySpan<byte> meter, out ReadOnlySpan<byte> quantity) =>
        FirstMisfit(topic, out meter, out quantity) < 0;

    /// <summary>Why a topic does not fit, in words; null where it does.</summary>
    public string? WhyNot(ReadOnlySpan<byte> topic)
    {
        var level = FirstMisfit(topic, out _, out _);
        var found = Encoding.UTF8.GetString(topic).Split('/');
        return level < 0 ? null
            : level >= found.Length ? $"the topic has {found.Length} levels, the template {_levels.Length}"
            : level >= _levels.Length ? $"the topic goes on at level {level + 1} with '{found[level]}', the template ends"
            : _levels[level] is { } wanted && found[level] != Encoding.UTF8.GetString(wanted) ? $"level {level + 1} is '{found[level]}', the template wants '{Encoding.UTF8.GetString(wanted)}'"
            : $"the topic has {found.Length} levels, the template {_levels.Length}";
    }

    /// <summary>A topic that fits, for a meter; places other than the meter's get <paramref name="other"/>.</summary>
    public string Fill(MeterId meter, string other) =>
        string.Join('/', _levels.Select((level, i) => level is not null ? Encoding.UTF8.GetString(level) : i == _meterLevel ? meter.Value : other));

    /// <summary>Number from 0 of the first level that does not fit; -1 where all do.</summary>
    private int FirstMisfit(ReadOnlySpan<byte> topic, out ReadOnlySpan<byte> meter, out ReadOnlySpan<byte> quantity)
    {
        meter = quantity = default;
        for (var i = 0; i < _levels.Length; i++)
        {
            var end = topic.IndexOf((byte)'/');
            var isLast = i == _levels.Length - 1;
            var level = end < 0 ? topic : topic[..end];
            if (_levels[i] is { } fixedText && !level.SequenceEqual(fixedText))
            {
                return i;
            }

            if (isLast ? end >= 0 && !_isOpen : end < 0)
            {
                return i + 1;
            }

            meter = i == _meterLevel ? level : meter;
            quantity = i == _quantityLevel ? level : quantity;
            topic = end < 0 ? default : topic[(end + 1)..];
        }

        return -1;
    }
}
