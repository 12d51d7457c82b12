// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Pipeline;
using Microsoft.AspNetCore.Components.Authorization;

namespace Detector.Web.Security;

/// <summary>What the person before an open page may see. One a page; every list, detail and change of a page asks it, on the server.</summary>
/// <remarks>What limits a page is fixed when it is first asked: a session that ends meanwhile makes nobody of the person, and nobody has no limits.</remarks>
internal sealed class Sight(AuthenticationStateProvider page, RegistryHolder registry)
{
    private AccessScope? _scope;
    private bool _known;

    /// <summary>The regions and feeders to which the person is limited; null for none.</summary>
    public async ValueTask<AccessScope?> ScopeAsync()
    {
        if (!_known)
        {
            (_scope, _known) = (Principals.ActorOf((await page.GetAuthenticationStateAsync()).User)?.Scope, true);
        }

        return _scope;
    }

    /// <summary>Whether the person sees a site.</summary>
    public async ValueTask<Func<string, bool>> SitesAsync() => Scopes.Sites(await ScopeAsync(), registry);

    /// <summary>Whether the person sees this site.</summary>
    public async ValueTask<bool> SeesAsync(string site) => (await SitesAsync())(site);
}
