// SPDX-License-Identifier: Apache-2.0
using System.Security.Claims;
using Detector.Pipeline;

namespace Detector.Web.Security;

/// <summary>What a caller whose stream stays open may see: asked again now and then, because tokens end, scopes are narrowed and meters are moved while it does. One a stream.</summary>
internal sealed class EventSight(Sessions sessions, RegistryHolder registry, TimeProvider clock)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(30); // as an open page

    private long _asked;
    private Func<string, bool>? _sees;

    /// <summary>Which sites the caller sees now; null where they may no longer read.</summary>
    internal async ValueTask<Func<string, bool>?> OfAsync(ClaimsPrincipal caller, CancellationToken cancel)
    {
        if (_sees is null || clock.GetElapsedTime(_asked) >= AskEvery)
        {
            var isSignedIn = caller.Identity?.IsAuthenticated == true; // else a reader on loopback, who sees all
            var actor = isSignedIn ? await sessions.VerifyAsync(caller, cancel) : null;
            _sees = isSignedIn && actor is null ? null : Scopes.Sites(actor?.Scope, registry);
            _asked = clock.GetTimestamp();
        }

        return _sees;
    }
}
