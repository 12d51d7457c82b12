// SPDX-License-Identifier: Apache-2.0
namespace Detector.Intake.Groups;

/// <summary>Whose session a connection enters.</summary>
/// <param name="ClientId">Its client id.</param>
/// <param name="IsOwn">Whether it is our own, with filters to subscribe to and a presence to announce; else that of a member that is gone.</param>
/// <param name="Heard">Where words of the group's members go; null: nowhere.</param>
internal sealed record SessionRole(string ClientId, bool IsOwn, Action<string, string>? Heard);
