// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Web.Text;

/// <summary>Numbers within what draws: attributes of SVG and lengths of CSS, which know one way to write a number whatever the page's language.</summary>
internal static class Coordinates
{
    /// <summary>A coordinate, to a tenth of a unit.</summary>
    internal static string Of(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A share of 0 to 1 as a length in percent, without its sign; what lies outside is drawn at the edge, what is not known as nothing.</summary>
    internal static string Percent(double? share) => Of(100 * Math.Clamp(share ?? 0, 0, 1));
}
