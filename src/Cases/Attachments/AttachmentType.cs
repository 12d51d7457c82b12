// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace Detector.Cases.Attachments;

/// <summary>A type of file that is taken, known by its content and never by what the sender says of it.</summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Extensions">Endings that a name of this type may have; the first is used where a name is made.</param>
public sealed record AttachmentType(string MediaType, IReadOnlyList<string> Extensions)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Every type that is taken: what people hand in as evidence. Nothing that a browser or an office program would run.</summary>
    public static IReadOnlyList<AttachmentType> All { get; } =
    [
        new("application/pdf", [".pdf"]),
        new("image/png", [".png"]),
        new("image/jpeg", [".jpg", ".jpeg"]),
        new("text/plain", [".txt"]),
        new("text/csv", [".csv"]),
    ];

    /// <summary>The ending of files of a type; <c>.bin</c> for one that is no longer taken.</summary>
    public static string EndingOf(string mediaType) => All.FirstOrDefault(t => t.MediaType == mediaType)?.Extensions[0] ?? ".bin";

    /// <summary>The type of a file; null where its content is of none that is taken, or its name ends as another's does.</summary>
    /// <remarks>CSV is text to its bytes; the name says which of the two a text is.</remarks>
    public static AttachmentType? Of(ReadOnlySpan<byte> content, string name)
    {
        var (ending, found) = (Path.GetExtension(name), Of(content));
        return (found == All[3] ? All.Skip(3) : All.Where(t => t == found)).FirstOrDefault(t => t.Extensions.Contains(ending, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The type that the bytes are of. Text is UTF-8 without control characters that does not begin as markup or a script does.</summary>
    private static AttachmentType? Of(ReadOnlySpan<byte> content) =>
        content.StartsWith("%PDF-"u8) ? All[0]
        : content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]) ? All[1]
        : content.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? All[2]
        : IsText(content) ? All[3]
        : null;

    private static bool IsText(ReadOnlySpan<byte> content)
    {
        try
        {
            var text = Strict.GetString(content).TrimStart('\ufeff');
            return text.Length > 0 && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
                && text.TrimStart() is { Length: > 0 } start && start[0] != '<' && !start.StartsWith("#!", StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
