// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;

namespace Detector.Web.Text;

/// <summary>The languages of the console.</summary>
internal static class Cultures
{
    /// <summary>English and simplified Chinese, by code and own name.</summary>
    internal static readonly IReadOnlyList<(string Code, string Name)> All = [("en", "English"), ("zh-Hans", "简体中文")];

    /// <summary>Whether the present language is Chinese.</summary>
    internal static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    /// <summary>The sentence of the present language, of two that came together.</summary>
    internal static string Choose(string english, string chinese) => IsChinese && chinese.Length > 0 ? chinese : english;

    /// <summary>The cookie of the language switch decides, then the browser.</summary>
    internal static void Configure(RequestLocalizationOptions options)
    {
        var codes = All.Select(c => c.Code).ToArray();
        options.SetDefaultCulture(codes[0]).AddSupportedCultures([.. codes, "zh"]).AddSupportedUICultures([.. codes, "zh"]);
        options.FallBackToParentUICultures = true;
        options.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = CookieName }, new AcceptLanguageHeaderRequestCultureProvider()];
        options.ApplyCurrentCultureToResponseHeaders = true;
    }

    /// <summary>The cookie that keeps the language.</summary>
    internal const string CookieName = "detector.language";
}
