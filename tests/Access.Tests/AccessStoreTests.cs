// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Detector.Access.Tests;

public sealed class AccessStoreTests
{
    private TemporaryFolder _folder = null!;
    private FakeTimeProvider _clock = null!;
    private AccessStore _store = null!;

    private string File => _folder.In("data", "access.db");

    [SetUp]
    public void Open()
    {
        _folder = new TemporaryFolder();
        _clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _store = AccessStore.Open(File, _clock);
    }

    [TearDown]
    public void Close()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task A_token_stands_for_its_user_and_role([Values] Role role)
    {
        await _store.AddUserAsync("李 Ana", role, default);
        var token = await _store.CreateTokenAsync("李 ana", null, default);
        Assert.That(token.Value, Does.StartWith("det_").And.Length.EqualTo(47));
        Assert.That(await _store.AuthenticateAsync(token.Value, default), Is.EqualTo(new Actor("李 Ana", role)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("det_")]
    [TestCase("det_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [TestCase("' OR 1=1 --")]
    public async Task A_text_that_is_no_token_stands_for_nobody(string? text) =>
        Assert.That(await _store.AuthenticateAsync(text, default), Is.Null);

    [Test]
    public async Task A_token_ends_when_it_expires_even_where_it_was_just_believed()
    {
        var token = await TokenOfAsync("ana", TimeSpan.FromSeconds(3));
        Assert.That(await _store.AuthenticateAsync(token, default), Is.Not.Null);
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.That(await _store.AuthenticateAsync(token, default), Is.Null);
    }

    [Test]
    public async Task A_revoked_token_is_refused_at_once_here_and_soon_in_another_process()
    {
        var token = await TokenOfAsync("ana", null);
        using var other = AccessStore.Open(File, _clock);
        Assert.That(await _store.AuthenticateAsync(token, default), Is.Not.Null);
        Assert.That(await other.AuthenticateAsync(token, default), Is.Not.Null);
        var id = (await _store.TokensAsync(default)).Single().Id;
        Assert.That((await _store.RevokeTokenAsync(id, default)).Value!.Revoked, Is.EqualTo(_clock.GetUtcNow()));
        Assert.That(await _store.AuthenticateAsync(token, default), Is.Null);
        _clock.Advance(TokenCache.KeepFor);
        Assert.That(await other.AuthenticateAsync(token, default), Is.Null);
    }

    [Test]
    public async Task A_name_taken_in_any_case_is_refused_with_its_reason()
    {
        await _store.AddUserAsync("ana", Role.Operator, default);
        var again = await _store.AddUserAsync("ANA", Role.Admin, default);
        Assert.That(again.Fault, Is.EqualTo(new AccessFault(AccessFaultKind.NameTaken, "There is already a user 'ANA'.")));
    }

    [TestCase("")]
    [TestCase(" ana")]
    [TestCase("a\nb")]
    [TestCase("Detector")]
    [TestCase("https://login.example/realms/grid#ana")]
    public async Task A_name_that_a_log_could_not_show_is_refused(string name) =>
        Assert.That((await _store.AddUserAsync(name, Role.Operator, default)).Fault?.Kind, Is.EqualTo(AccessFaultKind.BadName));

    [Test]
    public async Task A_token_for_nobody_is_refused_and_says_what_to_do()
    {
        var outcome = await _store.CreateTokenAsync("bob", null, default);
        Assert.That(outcome.Succeeded, Is.False);
        Assert.That(outcome.Fault!.Kind, Is.EqualTo(AccessFaultKind.UnknownUser));
        Assert.That(outcome.Fault.Text, Does.Contain("detector users add bob"));
    }

    [TestCase(0)]
    [TestCase(4000 * 86400d)]
    public async Task A_token_that_lives_no_time_or_for_ever_is_refused(double seconds)
    {
        await _store.AddUserAsync("ana", Role.Operator, default);
        var outcome = await _store.CreateTokenAsync("ana", TimeSpan.FromSeconds(seconds), default);
        Assert.That(outcome.Fault?.Kind, Is.EqualTo(AccessFaultKind.BadExpiry));
    }

    [Test]
    public async Task Revoking_an_unknown_token_is_refused() =>
        Assert.That((await _store.RevokeTokenAsync(9, default)).Fault?.Kind, Is.EqualTo(AccessFaultKind.UnknownToken));

    [Test]
    public async Task The_file_holds_no_token_text()
    {
        var token = await TokenOfAsync("ana", null);
        _store.Dispose();
        var bytes = Directory.GetFiles(_folder.In("data")).SelectMany(System.IO.File.ReadAllBytes).ToArray();
        Assert.That(bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(token[4..])), Is.EqualTo(-1));
        Assert.That(bytes.AsSpan().IndexOf("ana"u8), Is.GreaterThan(0));
    }

    [Test]
    public async Task Several_processes_add_users_at_a_time_and_none_is_lost()
    {
        var stores = Enumerable.Range(0, 4).Select(_ => AccessStore.Open(File, _clock)).ToList();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => stores[i % 4].AddUserAsync($"user {i:D2}", Role.Operator, default))));
        stores.ForEach(s => s.Dispose());
        Assert.That((await _store.UsersAsync(default)).Select(u => u.Name), Is.EqualTo(Enumerable.Range(0, 40).Select(i => $"user {i:D2}")));
    }

    [Test]
    public async Task A_user_limited_to_regions_and_feeders_is_so_by_token_and_in_the_list()
    {
        var scope = AccessScope.Of([" Hainan", "hainan", "Anhui"], ["F-1"])!;
        await _store.AddUserAsync("li", Role.Operator, scope, default);
        var token = await _store.CreateTokenAsync("li", null, default);
        Assert.That(await _store.AuthenticateAsync(token.Value, default), Is.EqualTo(new Actor("li", Role.Operator, scope)));
        Assert.That((await _store.UsersAsync(default)).Single().Scope, Is.EqualTo(scope));
        Assert.That(scope.Regions, Is.EqualTo(new[] { "Anhui", "Hainan" }));
        Assert.That(AccessScope.Of([""], [" "]), Is.Null, "no names are no limit");
    }

    [Test]
    public async Task A_change_of_role_or_scope_holds_at_once_for_tokens_that_are_there()
    {
        var token = await TokenOfAsync("ana", null);
        Assert.That(await _store.AuthenticateAsync(token, default), Is.EqualTo(new Actor("ana", Role.Operator)));
        var scope = AccessScope.Of(["Hainan"], []);
        var changed = await _store.ChangeUserAsync("ANA", Role.Auditor, scope, default);
        Assert.That((changed.Value!.Name, changed.Value.Role, changed.Value.Scope), Is.EqualTo(("ana", Role.Auditor, scope)));
        Assert.That(await _store.AuthenticateAsync(token, default), Is.EqualTo(new Actor("ana", Role.Auditor, scope)));
        await _store.ChangeUserAsync("ana", Role.Auditor, scope: null, default);
        Assert.That((await _store.AuthenticateAsync(token, default))!.Scope, Is.Null);
        Assert.That((await _store.ChangeUserAsync("nobody", Role.Admin, null, default)).Fault!.Kind, Is.EqualTo(AccessFaultKind.UnknownUser));
    }

    [Test]
    public async Task Whose_access_has_ended_has_no_token_gets_none_and_keeps_the_name()
    {
        var (token, other) = (await TokenOfAsync("ana", null), await TokenOfAsync("ben", null));
        await _store.AuthenticateAsync(token, default);
        Assert.That((await _store.EndUserAsync("Ana", default)).Value!.Ended, Is.EqualTo(_clock.GetUtcNow()));
        Assert.That(await _store.AuthenticateAsync(token, default), Is.Null);
        Assert.That(await _store.AuthenticateAsync(other, default), Is.Not.Null);
        Assert.That((await _store.CreateTokenAsync("ana", null, default)).Fault!.Kind, Is.EqualTo(AccessFaultKind.UnknownUser));
        var taken = (await _store.AddUserAsync("ana", Role.Admin, default)).Fault!;
        Assert.That((taken.Kind, taken.Text), Is.EqualTo((AccessFaultKind.NameTaken, "There was a user 'ana', whose access has ended: a name is not given twice, because the audit knows people by it.")));
        Assert.That((await _store.ChangeUserAsync("ana", Role.Admin, null, default)).Fault!.Kind, Is.EqualTo(AccessFaultKind.UnknownUser));
        Assert.That((await _store.EndUserAsync("ana", default)).Fault!.Kind, Is.EqualTo(AccessFaultKind.UnknownUser));
        Assert.That((await _store.TokensAsync(default)).Count(t => t.Revoked is not null), Is.EqualTo(1));
    }

    [TestCase("hainan", "f-1", true)]
    [TestCase("Hainan", "F-2", false)]
    [TestCase("Zhejiang", "F-1", false)]
    [TestCase(null, "F-1", false)]
    [TestCase("Hainan", null, false)]
    public void A_scope_covers_what_is_in_its_regions_and_feeders_and_nothing_unknown(string? region, string? feeder, bool covered) =>
        Assert.That(AccessScope.Of(["Hainan"], ["F-1"])!.Covers(region, feeder), Is.EqualTo(covered));

    [Test]
    public async Task A_file_of_the_released_schema_is_brought_forward_and_limits_nobody()
    {
        await _store.AddUserAsync("ana", Role.Operator, default);
        var token = await _store.CreateTokenAsync("ana", null, default);
        _store.Dispose();
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            await connection.OpenAsync();
            using var command = connection.CreateCommand();
            command.CommandText = "ALTER TABLE users DROP COLUMN regions; ALTER TABLE users DROP COLUMN feeders; ALTER TABLE users DROP COLUMN ended; DROP TABLE views; PRAGMA user_version = 1;";
            await command.ExecuteNonQueryAsync();
        }

        using var again = AccessStore.Open(File, _clock);
        Assert.That(await again.AuthenticateAsync(token.Value, default), Is.EqualTo(new Actor("ana", Role.Operator)));
    }

    [Test]
    public void A_file_of_a_newer_program_is_refused()
    {
        using (var connection = new SqliteConnection($"Data Source={File}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99;";
            command.ExecuteNonQuery();
        }

        Assert.That(() => AccessStore.Open(File, _clock), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("99"));
    }

    [Test]
    public void Roles_are_frozen() => Assert.That(
        Enum.GetValues<Role>().Select(r => $"{(int)r} {r.Name()}"),
        Is.EqualTo(new[] { "1 operator", "2 supervisor", "3 analyst", "4 auditor", "5 admin" }));

    [TestCase("Supervisor ", true)]
    [TestCase("boss", false)]
    [TestCase(null, false)]
    public void A_role_is_read_by_its_name(string? name, bool known) => Assert.That(RoleNames.TryParse(name, out _), Is.EqualTo(known));

    private async Task<string> TokenOfAsync(string user, TimeSpan? life)
    {
        await _store.AddUserAsync(user, Role.Operator, default);
        return (await _store.CreateTokenAsync(user, life, default)).Value!;
    }
}
