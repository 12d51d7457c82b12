// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;

namespace Detector.Access;

/// <summary>Figures of access control.</summary>
internal static class Metrics
{
    private static readonly Meter Meter = new("Detector.Access");

    private static readonly Counter<long> Authentications =
        Meter.CreateCounter<long>("detector.access.authentications", "{request}", "Bearer tokens checked, by result: accepted or refused.");

    private static readonly Counter<long> ViewChanges =
        Meter.CreateCounter<long>("detector.access.view_changes", "{change}", "Changes of saved views, by result: saved, renamed, deleted, or refused by a limit.");

    public static void ViewChanged(string result) => ViewChanges.Add(1, new KeyValuePair<string, object?>("result", result));

    public static void Authenticated(bool accepted) =>
        Authentications.Add(1, new KeyValuePair<string, object?>("result", accepted ? "accepted" : "refused"));
}
