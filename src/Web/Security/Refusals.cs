// SPDX-License-Identifier: Apache-2.0
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Detector.Web.Security;

/// <summary>Answers to programs that may not: counted, and as problem details.</summary>
internal static class Refusals
{
    /// <summary>Nobody that is known asks.</summary>
    internal static Task UnauthorizedAsync(HttpContext context, string detail)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"detector\"";
        Metrics.Refused.Add(1, new KeyValuePair<string, object?>("reason", "unauthenticated"));
        return WriteAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized", detail);
    }

    /// <summary>Somebody asks who may not.</summary>
    internal static Task ForbiddenAsync(HttpContext context, string detail)
    {
        Metrics.Refused.Add(1, new KeyValuePair<string, object?>("reason", "forbidden"));
        return WriteAsync(context, StatusCodes.Status403Forbidden, "Forbidden", detail);
    }

    private static async Task WriteAsync(HttpContext context, int status, string title, string detail)
    {
        context.Response.StatusCode = status;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext
        {
            HttpContext = context,
            ProblemDetails = { Status = status, Title = title, Detail = detail },
        });
    }
}
