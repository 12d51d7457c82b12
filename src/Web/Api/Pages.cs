// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Detector.Web.Api;

/// <summary>Pages of a list: where the next one is stands in <c>Link</c> (RFC 8288), and no <c>Link</c> means the end.</summary>
internal static class Pages
{
    /// <summary>Names the next page: the same call after the last row of this one.</summary>
    internal static void Next(HttpContext context, string after)
    {
        var query = QueryHelpers.ParseQuery(context.Request.QueryString.Value);
        query["after"] = after;
        context.Response.Headers.Link = $"<{context.Request.PathBase.Add(context.Request.Path)}{QueryString.Create(query)}>; rel=\"next\"";
    }

    /// <summary>What is wrong with where a page begins or how long it is; null where nothing is.</summary>
    internal static ProblemHttpResult? Refusal(long after, int limit, int most) => limit >= 1 && limit <= most && after >= 0
        ? null
        : Problems.BadRequest(string.Create(CultureInfo.InvariantCulture, $"limit must be from 1 to {most}, after must not be negative."));

    /// <summary>Names the next page by a number.</summary>
    internal static void Next(HttpContext context, long after) => Next(context, after.ToString(CultureInfo.InvariantCulture));
}
