// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Printing;

/// <summary>What a PDF is printed on, and what it says of itself.</summary>
/// <param name="Title">Its title: in the file, at the top of the first page and at the foot of each.</param>
/// <param name="Dated">The time that the file gives as its own, UTC; from what it holds and never from a clock, so that it can be made again.</param>
internal sealed record PdfPaper(string Title, DateTimeOffset Dated)
{
    /// <summary>Whether lines run along the long side, as wide tables want it.</summary>
    public bool Landscape { get; init; }

    /// <summary>Whether it is compressed: smaller, but compressors differ between versions, and a dossier made again must have the same bytes.</summary>
    public bool Compressed { get; init; }

    /// <summary>Width of A4 in points of 1/72 inch (ISO 216: 210 by 297 mm).</summary>
    public double Width => Landscape ? Long : Short;

    /// <summary>Height in points.</summary>
    public double Height => Landscape ? Short : Long;

    private const double Short = 595.28;
    private const double Long = 841.89;
}
