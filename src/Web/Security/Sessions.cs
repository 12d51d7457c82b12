// SPDX-License-Identifier: Apache-2.0
using System.Security.Claims;
using Detector.Access;
using Detector.Web.Security.OpenId;

namespace Detector.Web.Security;

/// <summary>Whether a session still stands: a local user's by their token, a person's of the identity provider by what the configuration gives them.</summary>
internal sealed class Sessions(AccessStore store, OpenIdPeople people)
{
    /// <summary>The actor as known now; null where the session is over.</summary>
    internal Task<Actor?> VerifyAsync(ClaimsPrincipal principal, CancellationToken cancel) =>
        OpenIdPeople.IsOne(principal) ? Task.FromResult(people.ActorOf(principal)) : store.VerifyAsync(principal, cancel);
}
