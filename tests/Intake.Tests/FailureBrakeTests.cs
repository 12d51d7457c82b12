// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Detector.Intake.Clients;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Intake.Tests;

public sealed class FailureBrakeTests
{
    [TestCase(0, 0)]
    [TestCase(1, 250)]
    [TestCase(2, 500)]
    [TestCase(4, 2_000)]
    [TestCase(5, 4_000)]
    [TestCase(6, 5_000)]
    [TestCase(1_000, 5_000)]
    public void The_pause_doubles_up_to_five_seconds(int failures, int milliseconds) => Assert.That(FailureBrake.PauseAfter(failures).TotalMilliseconds, Is.EqualTo(milliseconds));

    [Test]
    public async Task After_a_failure_the_next_attempt_of_that_name_waits_and_its_neighbours_do_not()
    {
        var time = new FakeTimeProvider();
        var brake = new FailureBrake(time);
        Assert.That(await brake.PassAsync("a", "m-1", Wrong, CancellationToken.None), Is.False);

        var asked = false;
        Task<bool> Ask()
        {
            asked = true;
            return Right();
        }

        var second = brake.PassAsync("a", "m-1", Ask, CancellationToken.None);
        Assert.That((second.IsCompleted, asked), Is.EqualTo((false, false)), "not even verified before the pause is over");
        Assert.That(await brake.PassAsync("a", "m-2", Right, CancellationToken.None), Is.True);
        Assert.That(await brake.PassAsync("b", "m-1", Right, CancellationToken.None), Is.True);
        time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.That(await second, Is.True);
        Assert.That(await brake.PassAsync("a", "m-1", Right, CancellationToken.None), Is.True, "the right password ends it");
    }

    [Test]
    public async Task Many_names_failing_at_one_address_slow_the_address_and_what_waits_is_bounded()
    {
        var time = new FakeTimeProvider();
        var brake = new FailureBrake(time);
        for (var i = 0; i < FailureBrake.NamesBeforeAddress; i++)
        {
            Assert.That(await brake.PassAsync("a", $"name-{i}", Wrong, CancellationToken.None), Is.False);
        }

        using var stopping = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, FailureBrake.MostWaiting).Select(i => brake.PassAsync("a", $"new-{i}", Right, stopping.Token)).ToList();
        Assert.That(waiting, Has.None.Matches<Task>(w => w!.IsCompleted));
        Assert.That(await brake.PassAsync("a", "one-more", Right, CancellationToken.None), Is.Null);
        Assert.That(await brake.PassAsync("b", "elsewhere", Right, CancellationToken.None), Is.True);
        await stopping.CancelAsync();
        await Assert.ThatAsync(() => Task.WhenAll(waiting), Throws.InstanceOf<OperationCanceledException>());

        time.Advance(TimeSpan.FromMinutes(11));
        Assert.That(await brake.PassAsync("a", "later", Right, CancellationToken.None), Is.True, "forgotten after ten quiet minutes");
    }

    [Test]
    public void A_password_is_kept_as_pbkdf2_with_a_salt_of_its_own_and_read_back()
    {
        var password = Encoding.UTF8.GetBytes("correct horse battery");
        var hash = PasswordHash.Make(password, 1_000);
        var read = PasswordHash.Parse(hash.ToString())!;
        Assert.That((read.Fits(password), read.Fits("wrong horse battery"u8)), Is.EqualTo((true, false)));
        Assert.That(hash.ToString(), Does.StartWith("pbkdf2-sha512:1000:").And.Not.EqualTo(PasswordHash.Make(password, 1_000).ToString()));

        // RFC 8018's function with HMAC-SHA-512; the value was computed by Python's hashlib.pbkdf2_hmac("sha512", b"password", b"0123456789abcdef", 1000, 32).
        Assert.That(PasswordHash.Parse($"pbkdf2-sha512:1000:{Convert.ToBase64String("0123456789abcdef"u8)}:38DzhdBT7fPaUGBlsh42VTuuKSFAIYGZJ7l6feCDLIk=")!.Fits("password"u8), Is.True);
    }

    [TestCase("")]
    [TestCase("plain")]
    [TestCase("pbkdf2-sha512:0:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [TestCase("pbkdf2-sha512:1000:AAAA:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [TestCase("md5:1000:AAAAAAAAAAAAAAAAAAAAAA==:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    public void Texts_that_are_no_hash_are_refused(string text) => Assert.That(PasswordHash.Parse(text), Is.Null);

    private static Task<bool> Wrong() => Task.FromResult(false);

    private static Task<bool> Right() => Task.FromResult(true);
}
