// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace Detector.Metering;

/// <summary>What a source's own word on the quality of a value means here.</summary>
/// <remarks>
/// <c>good</c>, <c>ok</c>, <c>valid</c>, <c>actual</c>, <c>measured</c> and nothing at all mean no flag; <c>estimated</c>, <c>suspect</c> and every
/// other name of <see cref="QualityFlagNames"/>, joined by <c>|</c> or <c>;</c>, mean these flags. Any other word is a reservation that
/// is not understood: <see cref="QualityFlags.Suspect"/>. A reading is never refused for such a word, and never taken for good.
/// </remarks>
public static class SourceQuality
{
    private static readonly string[] GoodWords = ["good", "ok", "valid", "actual", "measured"];

    /// <summary>The flags that a source's word stands for.</summary>
    public static QualityFlags Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            return QualityFlags.None;
        }

        foreach (var good in GoodWords)
        {
            if (text.Equals(good, StringComparison.OrdinalIgnoreCase))
            {
                return QualityFlags.None;
            }
        }

        return QualityFlagNames.TryParse(text, out var flags) ? flags : QualityFlags.Suspect;
    }

    /// <summary>The same of UTF-8 text.</summary>
    public static QualityFlags Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return QualityFlags.None;
        }

        if (utf8.Length > 256)
        {
            return QualityFlags.Suspect;
        }

        Span<char> chars = stackalloc char[256];
        return Parse(chars[..Encoding.UTF8.GetChars(utf8, chars)]);
    }
}
