// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace Detector.Codecs;

/// <summary>A short readable part of a payload for reasons: at most 48 bytes, control characters shown as dots.</summary>
internal static class Excerpt
{
    private const int MaxBytes = 48;

    public static string Of(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, MaxBytes)]);
        var clean = string.Create(text.Length, text, static (chars, from) =>
        {
            for (var i = 0; i < chars.Length; i++)
            {
                chars[i] = char.IsControl(from[i]) ? '.' : from[i];
            }
        });
        return utf8.Length > MaxBytes ? clean + "…" : clean;
    }
}
