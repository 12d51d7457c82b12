// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Web.Security;

namespace Detector.Web.Tests.Security;

/// <summary>Who makes a call.</summary>
internal sealed class PrincipalsTests
{
    [Test]
    public void A_call_that_needs_an_actor_has_the_one_who_signed_in()
    {
        var actor = new Actor("olga", Role.Operator);
        var context = new DefaultHttpContext { User = Principals.Of(actor, "token", "test") };
        Assert.That(Principals.RequireActor(context).Name, Is.EqualTo(actor.Name));
    }

    [Test]
    public void An_endpoint_that_forgot_its_policy_fails_and_is_named()
    {
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, null, "POST /forgotten"));
        Assert.That(() => Principals.RequireActor(context), Throws.InvalidOperationException.With.Message.Contains("POST /forgotten"));
    }
}
