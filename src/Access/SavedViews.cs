// SPDX-License-Identifier: Apache-2.0
using Microsoft.Data.Sqlite;

namespace Detector.Access;

/// <summary>Lists as people like to see them: the filters of a page under a name, each person's own.</summary>
/// <remarks>Kept beside the users, because they go with the person; people of an identity provider have them too.</remarks>
public sealed class SavedViews
{
    /// <summary>Most views of one person, over all pages.</summary>
    public const int MostViews = 50;

    /// <summary>Longest name, in characters.</summary>
    public const int LongestName = 60;

    /// <summary>Longest filter, in characters of the address.</summary>
    public const int LongestQuery = 1000;

    private const int SqliteConstraint = 19;

    private readonly Func<SqliteConnection> _connect;
    private readonly TimeProvider _clock;

    internal SavedViews(Func<SqliteConnection> connect, TimeProvider clock) => (_connect, _clock) = (connect, clock);

    /// <summary>The pages that have views.</summary>
    public static IReadOnlyList<string> Pages { get; } = ["fleet", "cases"];

    /// <summary>A person's views of a page, by name.</summary>
    public async Task<IReadOnlyList<SavedView>> ListAsync(string owner, string page, CancellationToken cancel)
    {
        using var connection = _connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, name, query FROM views WHERE owner = $owner AND page = $page ORDER BY name, id;";
        command.Parameters.AddWithValue("$owner", owner);
        command.Parameters.AddWithValue("$page", page);
        using var rows = await command.ExecuteReaderAsync(cancel);
        var views = new List<SavedView>();
        while (await rows.ReadAsync(cancel))
        {
            views.Add(new SavedView(rows.GetInt64(0), page, rows.GetString(1), rows.GetString(2)));
        }

        return views;
    }

    /// <summary>Keeps the filters of a page under a name. Refused: a bad name or filter, a name that the person has there already, more than <see cref="MostViews"/>.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="page">A name of <see cref="Pages"/>.</param>
    /// <param name="name">What it is called; space around it is left out.</param>
    /// <param name="query">What stands behind the path in the address: empty, or from its question mark on.</param>
    /// <param name="cancel">Gives up before anything is written.</param>
    public async Task<AccessOutcome<SavedView>> SaveAsync(string owner, string page, string name, string query, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(query);
        name = name.Trim();
        if (NameFault(name) is { } fault)
        {
            return Refuse(AccessFaultKind.BadName, fault);
        }

        if (!Pages.Contains(page, StringComparer.Ordinal) || query.Length > LongestQuery || (query.Length > 0 && query[0] != '?') || query.Any(char.IsControl))
        {
            return Refuse(AccessFaultKind.BadView, $"A view is of {string.Join(" or ", Pages)} and has a filter of at most {LongestQuery} characters that begins with '?'.");
        }

        using var connection = _connect();
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO views (owner, page, name, query, created)
            SELECT $owner, $page, $name, $query, $now WHERE (SELECT count(*) FROM views WHERE owner = $owner) < $most
            RETURNING id;
            """;
        command.Parameters.AddWithValue("$owner", owner);
        command.Parameters.AddWithValue("$page", page);
        command.Parameters.AddWithValue("$name", name);
        command.Parameters.AddWithValue("$query", query);
        command.Parameters.AddWithValue("$now", _clock.GetUtcNow().ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$most", MostViews);
        try
        {
            return await command.ExecuteScalarAsync(cancel) is long id
                ? Done("saved", new SavedView(id, page, name, query))
                : Refuse(AccessFaultKind.TooMany, $"A person keeps at most {MostViews} views; delete one first.");
        }
        catch (SqliteException taken) when (taken.SqliteErrorCode == SqliteConstraint)
        {
            return Refuse(AccessFaultKind.NameTaken, $"There is already a view '{name}'.");
        }
    }

    /// <summary>Gives a view another name. Refused: a bad name, a name taken, a view that is not the person's.</summary>
    public async Task<AccessOutcome<SavedView>> RenameAsync(string owner, long id, string name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(name);
        name = name.Trim();
        if (NameFault(name) is { } fault)
        {
            return Refuse(AccessFaultKind.BadName, fault);
        }

        try
        {
            return await ChangeAsync("renamed", "UPDATE views SET name = $name WHERE id = $id AND owner = $owner RETURNING page, name, query;", owner, id, name, cancel);
        }
        catch (SqliteException taken) when (taken.SqliteErrorCode == SqliteConstraint)
        {
            return Refuse(AccessFaultKind.NameTaken, $"There is already a view '{name}'.");
        }
    }

    /// <summary>Deletes a view and gives it back, so that it can be saved again. Refused: a view that is not the person's.</summary>
    public Task<AccessOutcome<SavedView>> DeleteAsync(string owner, long id, CancellationToken cancel) =>
        ChangeAsync("deleted", "DELETE FROM views WHERE id = $id AND owner = $owner RETURNING page, name, query;", owner, id, string.Empty, cancel);

    private async Task<AccessOutcome<SavedView>> ChangeAsync(string what, string sql, string owner, long id, string name, CancellationToken cancel)
    {
        using var connection = _connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // both texts are constants of this class
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$owner", owner);
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$name", name);
        using var rows = await command.ExecuteReaderAsync(cancel);
        return await rows.ReadAsync(cancel)
            ? Done(what, new SavedView(id, rows.GetString(0), rows.GetString(1), rows.GetString(2)))
            : Refuse(AccessFaultKind.UnknownView, "There is no such view.");
    }

    private static string? NameFault(string name) =>
        name.Length is 0 or > LongestName ? $"A view's name has 1 to {LongestName} characters."
        : name.Any(char.IsControl) ? "A view's name has no control characters."
        : null;

    private static AccessOutcome<SavedView> Done(string what, SavedView view)
    {
        Metrics.ViewChanged(what);
        return new(view);
    }

    private static AccessOutcome<SavedView> Refuse(AccessFaultKind kind, string text)
    {
        Metrics.ViewChanged("refused");
        return new(kind, text);
    }
}

/// <summary>The filters of a page under a name.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Page">The page, a name of <see cref="SavedViews.Pages"/>.</param>
/// <param name="Name">What the person calls it.</param>
/// <param name="Query">What stands behind the path in the address: empty, or from its question mark on.</param>
public sealed record SavedView(long Id, string Page, string Name, string Query);
