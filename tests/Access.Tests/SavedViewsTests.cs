// SPDX-License-Identifier: Apache-2.0
using Detector.Testing;
using Microsoft.Data.Sqlite;

namespace Detector.Access.Tests;

public sealed class SavedViewsTests
{
    private TemporaryFolder _folder = null!;
    private AccessStore _store = null!;

    private SavedViews Views => _store.Views;

    [SetUp]
    public void Open()
    {
        _folder = new TemporaryFolder();
        _store = AccessStore.Open(_folder.In("access.db"), TimeProvider.System);
    }

    [TearDown]
    public void Close()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task A_view_is_listed_renamed_and_deleted_by_its_owner_and_nobody_else()
    {
        var mine = (await Views.SaveAsync("olga", "fleet", "  青海 ", "?region=Qinghai", default)).Value!;
        await Views.SaveAsync("https://id.example#7", "fleet", "Theirs", "", default);
        Assert.That(await Views.ListAsync("OLGA", "fleet", default), Is.EqualTo(new[] { new SavedView(mine.Id, "fleet", "青海", "?region=Qinghai") }));
        Assert.That(await Views.ListAsync("olga", "cases", default), Is.Empty);
        Assert.That((await Views.RenameAsync("omar", mine.Id, "His", default)).Fault!.Kind, Is.EqualTo(AccessFaultKind.UnknownView));
        Assert.That((await Views.DeleteAsync("omar", mine.Id, default)).Fault!.Kind, Is.EqualTo(AccessFaultKind.UnknownView));
        Assert.That((await Views.RenameAsync("olga", mine.Id, "North", default)).Value, Is.EqualTo(mine with { Name = "North" }));
        Assert.That((await Views.DeleteAsync("olga", mine.Id, default)).Value, Is.EqualTo(mine with { Name = "North" }));
        Assert.That(await Views.ListAsync("olga", "fleet", default), Is.Empty);
        Assert.That((await Views.DeleteAsync("olga", mine.Id, default)).Fault!.Kind, Is.EqualTo(AccessFaultKind.UnknownView));
    }

    [Test]
    public async Task A_name_is_taken_once_a_page_and_a_person()
    {
        await Views.SaveAsync("olga", "fleet", "North", "?region=N", default);
        var other = (await Views.SaveAsync("olga", "fleet", "South", "?region=S", default)).Value!;
        Assert.That((await Views.SaveAsync("olga", "fleet", "North", "", default)).Fault!.Kind, Is.EqualTo(AccessFaultKind.NameTaken));
        Assert.That((await Views.RenameAsync("olga", other.Id, "North", default)).Fault!.Kind, Is.EqualTo(AccessFaultKind.NameTaken));
        Assert.That((await Views.SaveAsync("olga", "cases", "North", "?view=all", default)).Succeeded, Is.True);
        Assert.That((await Views.SaveAsync("omar", "fleet", "North", "", default)).Succeeded, Is.True);
    }

    [TestCase("", "fleet", "?q=1", AccessFaultKind.BadName)]
    [TestCase("   ", "fleet", "?q=1", AccessFaultKind.BadName)]
    [TestCase("a\nb", "fleet", "?q=1", AccessFaultKind.BadName)]
    [TestCase("Name", "operations", "?q=1", AccessFaultKind.BadView)]
    [TestCase("Name", "fleet", "//evil.example/", AccessFaultKind.BadView)]
    [TestCase("Name", "fleet", "?q=\u0001", AccessFaultKind.BadView)]
    public async Task What_is_no_view_is_refused(string name, string page, string query, AccessFaultKind expected) =>
        Assert.That((await Views.SaveAsync("olga", page, name, query, default)).Fault!.Kind, Is.EqualTo(expected));

    [Test]
    public async Task Length_and_number_are_bounded()
    {
        Assert.That((await Views.SaveAsync("olga", "fleet", new string('n', SavedViews.LongestName + 1), "", default)).Fault!.Kind, Is.EqualTo(AccessFaultKind.BadName));
        Assert.That((await Views.SaveAsync("olga", "fleet", "Long", "?" + new string('q', SavedViews.LongestQuery), default)).Fault!.Kind, Is.EqualTo(AccessFaultKind.BadView));
        for (var i = 0; i < SavedViews.MostViews; i++)
        {
            Assert.That((await Views.SaveAsync("olga", SavedViews.Pages[i % 2], $"View {i}", "", default)).Succeeded, Is.True);
        }

        Assert.That((await Views.SaveAsync("olga", "fleet", "One more", "", default)).Fault!.Kind, Is.EqualTo(AccessFaultKind.TooMany));
        Assert.That((await Views.SaveAsync("omar", "fleet", "One", "", default)).Succeeded, Is.True);
    }

    [Test]
    public async Task A_file_from_before_views_is_brought_forward()
    {
        await _store.AddUserAsync("olga", Role.Operator, default);
        _store.Dispose();
        using (var connection = new SqliteConnection($"Data Source={_folder.In("access.db")};Pooling=False"))
        {
            await connection.OpenAsync();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE views; ALTER TABLE users DROP COLUMN ended; PRAGMA user_version = 2;";
            await command.ExecuteNonQueryAsync();
        }

        using var again = AccessStore.Open(_folder.In("access.db"), TimeProvider.System);
        Assert.That((await again.Views.SaveAsync("olga", "fleet", "North", "", default)).Succeeded, Is.True);
        Assert.That((await again.UsersAsync(default)).Single().Name, Is.EqualTo("olga"));
    }
}
