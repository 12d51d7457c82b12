// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Web.Bulk;

/// <summary>Who works cases: those to whom one may be given.</summary>
internal static class CaseWorkers
{
    /// <summary>Whether a role works cases.</summary>
    internal static bool Works(Role role) => role is Role.Operator or Role.Supervisor;

    /// <summary>Whether a case may be given to this name: an operator or supervisor known here, or the person themself.</summary>
    /// <remarks>One of an identity provider is in no list of users here, and may still take a case.</remarks>
    internal static async Task<bool> MayTakeAsync(AccessStore access, Actor actor, string name, CancellationToken cancel) =>
        (Works(actor.Role) && actor.Name == name.Trim())
        || (await access.UsersAsync(cancel)).Any(u => u.Ended is null && Works(u.Role) && string.Equals(u.Name, name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>Names to choose from, in order, without the person who asks.</summary>
    internal static async Task<IReadOnlyList<string>> OthersAsync(AccessStore access, Actor actor, CancellationToken cancel) =>
        [.. (await access.UsersAsync(cancel)).Where(u => u.Ended is null && Works(u.Role) && !string.Equals(u.Name, actor.Name, StringComparison.OrdinalIgnoreCase))
            .Select(u => u.Name).Order(StringComparer.CurrentCulture)];
}
