// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging;

namespace Detector.Web;

/// <summary>Everything the web part logs; ids 1800 to 1899.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1801, Level = LogLevel.Information, Message = "{User} signed in on the console as {Role}")]
    internal static partial void SignedIn(ILogger logger, string user, string role);

    [LoggerMessage(EventId = 1802, Level = LogLevel.Warning, Message = "A sign-in on the console was refused")]
    internal static partial void SignInRefused(ILogger logger);

    [LoggerMessage(EventId = 1803, Level = LogLevel.Warning, Message = "Temporary: the store did not answer a request for readings of {Meter}")]
    internal static partial void StoreUnavailable(ILogger logger, string meter, Exception fault);

    [LoggerMessage(EventId = 1804, Level = LogLevel.Error, Message = "Answering {Method} {Path} failed")]
    internal static partial void Failed(ILogger logger, string method, string path, Exception fault);

    [LoggerMessage(EventId = 1805, Level = LogLevel.Warning, Message = "A page could not be refreshed and keeps what it showed")]
    internal static partial void RefreshFailed(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 1806, Level = LogLevel.Warning, Message = "Too many wrong tokens from {Address}: the name is shut out there for a while")]
    internal static partial void SignInLocked(ILogger logger, string address);

    [LoggerMessage(EventId = 1807, Level = LogLevel.Warning, Message = "Temporary: the identity provider cannot be used for signing in or out: {Why}")]
    internal static partial void ProviderUnavailable(ILogger logger, string why);

    [LoggerMessage(EventId = 1808, Level = LogLevel.Warning, Message = "A sign-in by the identity provider failed: {Why}")]
    internal static partial void ProviderSignInFailed(ILogger logger, string why);

    [LoggerMessage(EventId = 1809, Level = LogLevel.Warning, Message = "{User} proved who they are at the identity provider and was not let in: {Why}")]
    internal static partial void ProviderSignInRefused(ILogger logger, string user, string why);

    [LoggerMessage(EventId = 1810, Level = LogLevel.Warning, Message = "Temporary: work on several cases could not be done to {Case}")]
    internal static partial void BulkFailed(ILogger logger, string @case, Exception fault);
}
