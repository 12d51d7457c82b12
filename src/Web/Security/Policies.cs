// SPDX-License-Identifier: Apache-2.0
namespace Detector.Web.Security;

/// <summary>Names of the authorization policies, for the endpoints that the host maps itself.</summary>
public static class Policies
{
    /// <summary>Whoever may read: every signed-in role and, where allowed, anybody on loopback.</summary>
    public const string Read = "detector.read";

    /// <summary>Whoever may set the service to work, such as replaying dead letters: <c>operator</c> and <c>admin</c>.</summary>
    public const string Operate = "detector.operate";

    /// <summary>Whoever is signed in, by token or session; never anonymous.</summary>
    public const string SignedIn = "detector.signed-in";
}
