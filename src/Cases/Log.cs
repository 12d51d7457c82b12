// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging;

namespace Detector.Cases;

/// <summary>Every log message of the cases; ids 1600 to 1699.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1600, Level = LogLevel.Information, Message = "Opened {Case} on site {Site}, meter {Meter}")]
    public static partial void CaseOpened(this ILogger logger, string @case, string site, string meter);

    [LoggerMessage(EventId = 1601, Level = LogLevel.Information, Message = "Evidence joined {Case}: version {EvidenceVersion}, meter {Meter}")]
    public static partial void EvidenceJoined(this ILogger logger, string? @case, long? evidenceVersion, string meter);

    [LoggerMessage(EventId = 1602, Level = LogLevel.Information, Message = "Suppressed a verdict: {Why}")]
    public static partial void Suppressed(this ILogger logger, string? why);

    [LoggerMessage(EventId = 1603, Level = LogLevel.Information, Message = "{Person} ({Role}): {Verb} on {Case}: {Outcome}")]
    public static partial void Moved(this ILogger logger, string person, Access.Role role, string verb, string @case, MoveOutcome outcome);

    [LoggerMessage(EventId = 1604, Level = LogLevel.Error, Message = "The audit chain does not match at {Sequence}: {Text}")]
    public static partial void AuditFault(this ILogger logger, long sequence, string text);

    [LoggerMessage(EventId = 1605, Level = LogLevel.Warning, Message = "{Case} on site {Site} stands in {State} since {Since} beyond its deadline, escalation {Times}, assigned to {Assignee}")]
    public static partial void CaseEscalated(this ILogger logger, string @case, string site, CaseState state, DateTimeOffset since, int times, string assignee);

    [LoggerMessage(EventId = 1606, Level = LogLevel.Information, Message = "Reopened {Case} on site {Site}, meter {Meter}")]
    public static partial void CaseReopened(this ILogger logger, string? @case, string site, string meter);

    [LoggerMessage(EventId = 1607, Level = LogLevel.Warning, Message = "Temporary: deadlines could not be looked at, again in {Delay}")]
    public static partial void DeadlinesFailed(this ILogger logger, Exception fault, TimeSpan delay);

    [LoggerMessage(EventId = 1608, Level = LogLevel.Information, Message = "{Person}: {Verb} came again under its key; the first answer was given again: {Outcome}")]
    public static partial void Repeated(this ILogger logger, string person, string verb, MoveOutcome outcome);

    [LoggerMessage(EventId = 1610, Level = LogLevel.Information, Message = "Publishing events to {Queue}")]
    public static partial void QueueConnected(this ILogger logger, string queue);

    [LoggerMessage(EventId = 1611, Level = LogLevel.Warning, Message = "Temporary: {Queue} did not take events, attempt {Attempt}, again in {Delay}; they stay in the outbox")]
    public static partial void QueueFailed(this ILogger logger, Exception fault, string queue, int attempt, TimeSpan delay);

    [LoggerMessage(EventId = 1612, Level = LogLevel.Warning, Message = "Temporary: the outbox could not be read, again in {Delay}")]
    public static partial void FeedFailed(this ILogger logger, Exception fault, TimeSpan delay);

    [LoggerMessage(EventId = 1613, Level = LogLevel.Warning, Message = "Temporary: webhook {Endpoint} did not take an event ({Why}), attempt {Attempt}, again in {Delay}")]
    public static partial void WebhookFailed(this ILogger logger, string endpoint, string why, int attempt, TimeSpan delay);

    [LoggerMessage(EventId = 1614, Level = LogLevel.Error, Message = "Permanent: event {Sequence} of {Subject} is parked for webhook {Endpoint}: {Why}; post it again with 'detector webhooks replay'")]
    public static partial void WebhookParked(this ILogger logger, string endpoint, long sequence, string subject, string why);

    [LoggerMessage(EventId = 1615, Level = LogLevel.Information, Message = "{Person} asked for {Events} parked events to be posted again to webhook {Endpoint}")]
    public static partial void WebhookReplay(this ILogger logger, string person, int events, string endpoint);
}
