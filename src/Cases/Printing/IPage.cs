// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Printing;

/// <summary>A document for people, from top to bottom: what is written once can be read in a browser and on paper.</summary>
internal interface IPage
{
    /// <summary>A heading in both languages.</summary>
    IPage Heading(string english, string chinese);

    /// <summary>A paragraph in both languages, one under the other.</summary>
    IPage Paragraph(string english, string chinese);

    /// <summary>Text whose lines stay as they are.</summary>
    IPage Preformatted(string text);

    /// <summary>A drawing that this program made, as SVG; nothing in it came from outside but as encoded text.</summary>
    IPage Drawing(string svg);

    /// <summary>A table; cells are shown as <see cref="CellText"/> writes them.</summary>
    IPage Table(string[] heads, IEnumerable<object?[]> rows);
}
