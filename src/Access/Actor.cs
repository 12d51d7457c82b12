// SPDX-License-Identifier: Apache-2.0
namespace Detector.Access;

/// <summary>A person who acts.</summary>
/// <param name="Name">The name under which the audit trail keeps them.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Scope">The regions and feeders to which they are limited; null for none.</param>
public sealed record Actor(string Name, Role Role, AccessScope? Scope = null);

/// <summary>A user as listed; never with a secret.</summary>
/// <param name="Name">Unique, compared without regard to case.</param>
/// <param name="Role">What the user may do.</param>
/// <param name="Created">When, UTC.</param>
/// <param name="Scope">The regions and feeders to which the user is limited; null for none.</param>
public sealed record UserEntry(string Name, Role Role, DateTimeOffset Created, AccessScope? Scope = null)
{
    /// <summary>When their access ended, UTC; null while it has not.</summary>
    public DateTimeOffset? Ended { get; init; }
}

/// <summary>A token as listed; the secret itself is not kept.</summary>
/// <param name="Id">Number of the token, for revoking it.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Created">When, UTC.</param>
/// <param name="Expires">From when on it is refused, UTC.</param>
/// <param name="Revoked">When it was revoked; null while it is good.</param>
public sealed record TokenEntry(long Id, string User, DateTimeOffset Created, DateTimeOffset Expires, DateTimeOffset? Revoked);
