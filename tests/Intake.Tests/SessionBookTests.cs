// SPDX-License-Identifier: Apache-2.0
using Detector.Intake.Broker;
using Detector.Intake.Clients;
using Detector.Intake.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Intake.Tests;

/// <summary>Sessions are counted as long as they are kept, and no longer.</summary>
public sealed class SessionBookTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public void A_connection_that_broke_before_the_server_took_it_in_does_not_keep_its_place()
    {
        var book = new SessionBook(new ClientOptions(), new ClientLimits { Sessions = 1 }, _time);
        Assert.That(book.Open("a", null, startsClean: true, out _), Is.Null);
        _time.Advance(SessionBook.Registering - TimeSpan.FromSeconds(1));
        Assert.That(book.Expired(_time.GetUtcNow()), Is.Empty, "it may still be on its way");
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(book.Expired(_time.GetUtcNow()), Is.EqualTo(new[] { "a" }));
        book.Close("a");
        Assert.That(book.Open("b", null, startsClean: true, out _), Is.Null);
    }

    [Test]
    public void A_session_that_another_connection_of_its_client_is_in_stays_while_the_new_one_waits()
    {
        var book = new SessionBook(new ClientOptions(), new ClientLimits(), _time);
        book.Open("a", null, startsClean: true, out _);
        book.Enter("a");
        book.Open("a", null, startsClean: true, out _); // comes a second time, and waits for the server
        _time.Advance(2 * SessionBook.Registering);
        Assert.That(book.Expired(_time.GetUtcNow()), Is.Empty);
    }

    [Test]
    public void A_session_that_is_used_does_not_expire_and_one_that_is_kept_has_its_time_again_when_a_return_breaks()
    {
        var book = new SessionBook(new ClientOptions(), new ClientLimits(), _time);
        book.Open("a", null, startsClean: false, out var session);
        session!.ExpirySeconds = 600;
        book.Enter("a");
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That(book.Expired(_time.GetUtcNow()), Is.Empty);

        book.Leave("a", _time.GetUtcNow());
        _time.Advance(TimeSpan.FromSeconds(590));
        book.Open("a", null, startsClean: false, out _); // comes back and breaks before it is taken in
        _time.Advance(SessionBook.Registering + TimeSpan.FromSeconds(599));
        Assert.That(book.Expired(_time.GetUtcNow()), Is.Empty);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(book.Expired(_time.GetUtcNow()), Is.EqualTo(new[] { "a" }));
    }
}
