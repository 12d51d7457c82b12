// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using PdfSharp.Drawing;
using PdfSharp.Fonts;

namespace Detector.Cases.Printing;

/// <summary>The one typeface of printed documents: Noto Sans SC, which comes with the program, so that every machine prints the same.</summary>
/// <remarks>
/// A part of it: Latin, Greek, Cyrillic, signs, and the characters of the General Standard table of 2013 within the basic plane, which names of people and places use;
/// <c>Fonts/README.md</c> says how it is made. What it lacks is printed as its code point, for a document of evidence must not show a blank.
/// </remarks>
internal static class PrintFont
{
    private const string Family = "Noto Sans SC";
    private const double Unit = 100;

    private static readonly byte[] File = Read();
    private static readonly HashSet<int> Known = Characters(File);
    private static readonly Dictionary<int, double> Widths = [];
    private static readonly XGraphics Measure = XGraphics.CreateMeasureContext(new XSize(Unit, Unit), XGraphicsUnit.Point, XPageDirection.Downwards);

    static PrintFont() => GlobalFontSettings.FontResolver = new Resolver();

    /// <summary>The face at a size.</summary>
    /// <param name="points">Size in points of 1/72 inch.</param>
    public static XFont Of(double points) => new(Family, points, XFontStyleEx.Regular);

    /// <summary>Text as it is printed: what the face lacks, and what cannot be seen, as <c>[U+XXXX]</c>; a tab as two spaces.</summary>
    public static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\n' || IsSeen(rune))
            {
                printable.Append(rune.ToString());
            }
            else if (rune.Value == '\t')
            {
                printable.Append("  ");
            }
            else
            {
                printable.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
            }
        }

        return printable.ToString();
    }

    /// <summary>Width of a character as a multiple of the size. The face is set without kerning, so that a text is as wide as its characters.</summary>
    /// <remarks>Not safe for threads: whoever prints holds <see cref="PdfPage"/>'s turn.</remarks>
    public static double WidthOf(Rune rune)
    {
        if (!Widths.TryGetValue(rune.Value, out var width))
        {
            Widths[rune.Value] = width = Measure.MeasureString(rune.ToString(), Of(Unit), XStringFormats.Default).Width / Unit;
        }

        return width;
    }

    // Direction marks and the like would let a name read otherwise than it is written.
    private static bool IsSeen(Rune rune) => Known.Contains(rune.Value)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static byte[] Read()
    {
        using var resource = typeof(PrintFont).Assembly.GetManifestResourceStream("NotoSansSC.ttf")!;
        var file = new byte[resource.Length];
        resource.ReadExactly(file);
        return file;
    }

    /// <summary>Characters that a TrueType file has, by its <c>cmap</c> table of format 4 (OpenType specification, cmap, "Segment mapping to delta values").</summary>
    private static HashSet<int> Characters(ReadOnlySpan<byte> file)
    {
        const int Format = 4;
        var table = TableOf(file, "cmap"u8);
        var encodings = BinaryPrimitives.ReadUInt16BigEndian(table[2..]);
        for (var i = 0; i < encodings; i++)
        {
            var coverage = table[(int)BinaryPrimitives.ReadUInt32BigEndian(table[(8 + (8 * i))..])..];
            if (BinaryPrimitives.ReadUInt16BigEndian(coverage) == Format)
            {
                return CharactersOfSegments(coverage);
            }
        }

        throw new InvalidDataException("The typeface has no cmap of format 4.");
    }

    private static HashSet<int> CharactersOfSegments(ReadOnlySpan<byte> coverage)
    {
        var segments = BinaryPrimitives.ReadUInt16BigEndian(coverage[6..]) / 2;
        var ends = coverage[14..];
        var starts = coverage[(16 + (2 * segments))..];
        var offsets = starts[(4 * segments)..];
        var characters = new HashSet<int>();
        for (var s = 0; s < segments; s++)
        {
            var (first, last) = (BinaryPrimitives.ReadUInt16BigEndian(starts[(2 * s)..]), BinaryPrimitives.ReadUInt16BigEndian(ends[(2 * s)..]));
            var offset = BinaryPrimitives.ReadUInt16BigEndian(offsets[(2 * s)..]);
            for (int character = first; character <= last && character < char.MaxValue; character++)
            {
                if (offset == 0 || BinaryPrimitives.ReadUInt16BigEndian(offsets[((2 * s) + offset + (2 * (character - first)))..]) != 0)
                {
                    characters.Add(character);
                }
            }
        }

        return characters;
    }

    private static ReadOnlySpan<byte> TableOf(ReadOnlySpan<byte> file, ReadOnlySpan<byte> tag)
    {
        var tables = BinaryPrimitives.ReadUInt16BigEndian(file[4..]);
        for (var i = 0; i < tables; i++)
        {
            var entry = file.Slice(12 + (16 * i), 16);
            if (entry[..4].SequenceEqual(tag))
            {
                return file[(int)BinaryPrimitives.ReadUInt32BigEndian(entry[8..])..];
            }
        }

        throw new InvalidDataException("The typeface lacks a table.");
    }

    private sealed class Resolver : IFontResolver
    {
        public byte[] GetFont(string faceName) => File;

        public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) => new(Family);
    }
}
