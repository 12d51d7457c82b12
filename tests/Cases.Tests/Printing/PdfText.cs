// SPDX-License-Identifier: Apache-2.0
using UglyToad.PdfPig;

namespace Detector.Cases.Tests.Printing;

/// <summary>What a PDF says, read by another library than the one that wrote it.</summary>
internal sealed record PdfText(IReadOnlyList<string> Pages, IReadOnlyList<string> Bookmarks, string? Title, bool AllOnPaper)
{
    /// <summary>All pages, without what only breaks lines.</summary>
    public string Whole => string.Concat(Pages);

    public static PdfText Of(byte[] file)
    {
        using var pdf = PdfDocument.Open(file);
        var pages = pdf.GetPages().ToList();
        return new PdfText(
            [.. pages.Select(p => string.Concat(p.Letters.Select(l => l.Value)).Replace(" ", string.Empty, StringComparison.Ordinal))],
            pdf.TryGetBookmarks(out var bookmarks) ? [.. bookmarks.GetNodes().Select(n => n.Title)] : [],
            pdf.Information.Title,
            pages.TrueForAll(p => p.Letters.All(l => l.BoundingBox.Left >= 0 && l.BoundingBox.Right <= p.Width && l.BoundingBox.Bottom >= 0 && l.BoundingBox.Top <= p.Height)));
    }
}
