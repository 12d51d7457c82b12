// SPDX-License-Identifier: Apache-2.0
using Detector.Web.Security;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Web.Tests.Security;

/// <summary>Who guesses is shut out, who is right is not.</summary>
[TestFixture]
internal sealed class SignInGuardTests
{
    private readonly FakeTimeProvider _clock = new(Sample.Start);
    private SignInGuard _guard = null!;

    [SetUp]
    public void Start() => _guard = new SignInGuard(Options.Create(new WebOptions { SignInFailuresBeforeLock = 3, SignInLock = TimeSpan.FromMinutes(5) }), _clock);

    [Test]
    public void A_name_is_shut_out_at_one_address_and_let_in_again_later()
    {
        Assert.That(_guard.Refused("olga", "10.0.0.1"), Is.False);
        Assert.That(_guard.Refused("OLGA ", "10.0.0.1"), Is.False);
        Assert.That(_guard.Refused("olga", "10.0.0.1"), Is.True);
        Assert.That(_guard.Wait("Olga", "10.0.0.1"), Is.EqualTo(TimeSpan.FromMinutes(5)));
        Assert.That(_guard.Wait("olga", "10.0.0.2"), Is.EqualTo(TimeSpan.Zero), "a stranger elsewhere shuts nobody out");
        Assert.That(_guard.Wait("omar", "10.0.0.1"), Is.EqualTo(TimeSpan.Zero));

        _clock.Advance(TimeSpan.FromMinutes(5.1));
        Assert.That(_guard.Wait("olga", "10.0.0.1"), Is.EqualTo(TimeSpan.Zero));
        Assert.That(_guard.Refused("olga", "10.0.0.1"), Is.False, "the count begins anew");
    }

    [Test]
    public void A_right_token_forgets_the_wrong_ones()
    {
        _guard.Refused("olga", "10.0.0.1");
        _guard.Refused("olga", "10.0.0.1");
        _guard.Accepted("olga", "10.0.0.1");
        Assert.That(_guard.Refused("olga", "10.0.0.1"), Is.False);
    }
}
