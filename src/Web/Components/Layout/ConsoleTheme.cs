// SPDX-License-Identifier: Apache-2.0
using MudBlazor;

namespace Detector.Web.Components.Layout;

/// <summary>The console's look for the library's own parts; the same colours stand in <c>console.css</c>.</summary>
internal static class ConsoleTheme
{
    private static readonly string[] Fonts =
        ["Inter", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "system-ui", "sans-serif"];

    /// <summary>Light and dark.</summary>
    internal static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b5cad",
            Background = "#f5f6f8",
            Surface = "#ffffff",
            TextPrimary = "#16202e",
            TextSecondary = "#526074",
            LinesDefault = "#dfe3ea",
            Error = "#b42318",
            Warning = "#93540a",
            Success = "#17693f",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#74b3f2",
            Background = "#0d131c",
            Surface = "#151d29",
            TextPrimary = "#e7ecf3",
            TextSecondary = "#a3b1c4",
            LinesDefault = "#2b3748",
            Error = "#ff9d92",
            Warning = "#f5bd62",
            Success = "#7ad3a0",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.5" },
            Button = new ButtonTypography { FontFamily = Fonts, TextTransform = "none", FontWeight = "550" },
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
    };
}
