// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Routing;

namespace Detector.Web.Text;

/// <summary>Language and theme: kept in cookies, set by a link, in force from the next page on.</summary>
internal static class Preferences
{
    private const string ThemeCookie = "detector.theme";
    private static readonly CookieOptions Kept = new() { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true };

    /// <summary>Whether this person wants the dark theme.</summary>
    internal static bool IsDark(HttpContext? context) => context?.Request.Cookies[ThemeCookie] == "dark";

    /// <summary>Maps the links.</summary>
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/preferences").AllowAnonymous().ExcludeFromDescription();
        group.MapGet("/language/{code}", (string code, HttpContext context) =>
        {
            if (Cultures.All.Any(c => c.Code == code))
            {
                context.Response.Cookies.Append(Cultures.CookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(CultureInfo.GetCultureInfo(code))), Kept);
            }

            return TypedResults.LocalRedirect(LocalReturn(context));
        });
        group.MapGet("/theme/{name}", (string name, HttpContext context) =>
        {
            context.Response.Cookies.Append(ThemeCookie, name == "dark" ? "dark" : "light", Kept);
            return TypedResults.LocalRedirect(LocalReturn(context));
        });
    }

    /// <summary>Where to go afterwards: a path of this host, never another host.</summary>
    internal static string LocalReturn(HttpContext context) => LocalOrHome(context.Request.Query["return"]);

    /// <summary>The path where it is one of this host, else the first page.</summary>
    internal static string LocalOrHome(string? path) =>
        path is ['/', ..] && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl) ? path : "/";
}
