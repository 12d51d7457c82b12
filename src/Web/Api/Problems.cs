// SPDX-License-Identifier: Apache-2.0
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Detector.Web.Api;

/// <summary>Every refusal of the API, as problem details (RFC 9457).</summary>
internal static class Problems
{
    /// <summary>The request itself is wrong.</summary>
    internal static ProblemHttpResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, "Bad request", detail);

    /// <summary>There is no such thing.</summary>
    internal static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, "Not found", detail);

    /// <summary>The caller may not do this.</summary>
    internal static ProblemHttpResult Forbidden(string detail) => Of(StatusCodes.Status403Forbidden, "Forbidden", detail);

    /// <summary>The thing changed since the caller looked.</summary>
    internal static ProblemHttpResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, "Conflict", detail);

    /// <summary>The thing is not at the version that the caller named.</summary>
    internal static ProblemHttpResult OtherVersion(string detail) => Of(StatusCodes.Status412PreconditionFailed, "Precondition failed", detail);

    /// <summary>What was sent is too long.</summary>
    internal static ProblemHttpResult TooLarge(string detail) => Of(StatusCodes.Status413PayloadTooLarge, "Too large", detail);

    /// <summary>What was sent is of no type that is taken.</summary>
    internal static ProblemHttpResult UnsupportedType(string detail) => Of(StatusCodes.Status415UnsupportedMediaType, "Unsupported type", detail);

    /// <summary>Understood, but not a legal thing to do.</summary>
    internal static ProblemHttpResult Unprocessable(string detail) => Of(StatusCodes.Status422UnprocessableEntity, "Not a legal move", detail);

    /// <summary>A part that the answer needs cannot be reached now.</summary>
    internal static ProblemHttpResult Unavailable(string detail) => Of(StatusCodes.Status503ServiceUnavailable, "Temporarily unavailable", detail);

    private static ProblemHttpResult Of(int status, string title, string detail) => TypedResults.Problem(detail, statusCode: status, title: title);
}
