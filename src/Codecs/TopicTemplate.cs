// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Metering;

namespace Detector.Codecs;

/// <summary>A topic with places, such as <c>meters/{meter}</c>, matched level by level on the bytes of a topic.</summary>
internal sealed class TopicTemplate
{
    private readonly byte[]?[] _levels; // null = any text
    private readonly int _meterLevel;

    private TopicTemplate(string text, byte[]?[] levels, int meterLevel)
    {
        Text = text;
        _levels = levels;
        _meterLevel = meterLevel;
        Filter = string.Join('/', levels.Select(level => level is null ? "+" : Encoding.UTF8.GetString(level)));
    }

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>The subscription that receives its topics: each place is a <c>+</c>.</summary>
    public string Filter { get; }

    /// <summary>Whether it names the meter.</summary>
    public bool HasMeter => _meterLevel >= 0;

    public static bool TryParse(string? text, out TopicTemplate? template, out string? fault)
    {
        template = null;
        fault = null;
        if (string.IsNullOrEmpty(text))
        {
            fault = "it must not be empty";
            return false;
        }

        var parts = text.Split('/');
        var levels = new byte[]?[parts.Length];
        var meterLevel = -1;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i];
            var isPlace = part.Length > 2 && part[0] == '{' && part[^1] == '}';
            if (!isPlace && part.AsSpan().IndexOfAny("{}+#\0") >= 0)
            {
                fault = "a level is plain text or one whole place such as {meter}";
                return false;
            }

            if (part == "{meter}" && meterLevel >= 0)
            {
                fault = "it names {meter} twice";
                return false;
            }

            meterLevel = part == "{meter}" ? i : meterLevel;
            levels[i] = isPlace ? null : Encoding.UTF8.GetBytes(part);
        }

        template = new TopicTemplate(text, levels, meterLevel);
        return true;
    }

    /// <summary>Whether a topic fits; then the bytes of its meter level, empty where it has none.</summary>
    public bool Matches(ReadOnlySpan<byte> topic, out ReadOnlySpan<byte> meter)
    {
        meter = default;
        for (var i = 0; i < _levels.Length; i++)
        {
            var end = topic.IndexOf((byte)'/');
            var isLast = i == _levels.Length - 1;
            if (isLast != (end < 0))
            {
                return false;
            }

            var level = isLast ? topic : topic[..end];
            if (_levels[i] is { } fixedText && !level.SequenceEqual(fixedText))
            {
                return false;
            }

            meter = i == _meterLevel ? level : meter;
            topic = isLast ? default : topic[(end + 1)..];
        }

        return true;
    }

    /// <summary>A topic that fits, for a meter; places other than the meter's get <paramref name="other"/>.</summary>
    public string Fill(MeterId meter, string other) =>
        string.Join('/', _levels.Select((level, i) => level is not null ? Encoding.UTF8.GetString(level) : i == _meterLevel ? meter.Value : other));
}
