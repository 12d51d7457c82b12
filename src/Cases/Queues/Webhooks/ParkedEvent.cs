// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Queues.Webhooks;

/// <summary>An event that an endpoint did not take, or that waits behind such a one of its subject.</summary>
/// <param name="Endpoint">Name of the endpoint.</param>
/// <param name="Sequence">Its place in the outbox.</param>
/// <param name="Subject">Case or site.</param>
/// <param name="Type">Type of event.</param>
/// <param name="ParkedAt">Since when, UTC.</param>
/// <param name="Attempts">How often it was tried; 0 for one that only waits behind another.</param>
/// <param name="Fault">Why.</param>
/// <param name="Replay">Whether somebody asked for it to be posted again; it will be, before anything newer.</param>
public sealed record ParkedEvent(string Endpoint, long Sequence, string Subject, string Type, DateTimeOffset ParkedAt, int Attempts, string Fault, bool Replay);

/// <summary>How an endpoint stands.</summary>
/// <param name="Endpoint">Its name.</param>
/// <param name="Position">The sequence up to which every event was taken or parked.</param>
/// <param name="Waiting">Events after it, of every type.</param>
/// <param name="Parked">Events that are parked.</param>
public sealed record WebhookState(string Endpoint, long Position, long Waiting, long Parked);
