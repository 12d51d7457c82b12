// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Detector.Access;

/// <summary>Users, roles, bearer tokens and saved views in one SQLite file that several processes may open at a time.</summary>
/// <remarks>Tokens are kept as SHA-256 only. What can be expected to fail is a value with a clear text; a broken file is an exception.</remarks>
public sealed class AccessStore : IDisposable
{
    /// <summary>Life of a token where none is asked for.</summary>
    public static readonly TimeSpan DefaultExpiry = TimeSpan.FromDays(365);

    /// <summary>The name under which the program itself appears in audit trails; no user may have it.</summary>
    public const string SystemName = "detector";

    private const int LongestName = 64;
    private static readonly TimeSpan LongestExpiry = TimeSpan.FromDays(3653);

    private readonly string _connectionString;
    private readonly TimeProvider _clock;
    private readonly TokenCache _cache;

    private AccessStore(string connectionString, TimeProvider clock)
    {
        _connectionString = connectionString;
        _clock = clock;
        _cache = new TokenCache(clock);
        Views = new SavedViews(Connect, clock);
    }

    /// <summary>What people keep of lists, each their own.</summary>
    public SavedViews Views { get; }

    /// <summary>Opens the file, makes it where it is missing, and brings its schema forward.</summary>
    public static AccessStore Open(string path, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, ForeignKeys = true, DefaultTimeout = 30 }.ToString();
        using (var connection = new SqliteConnection(connectionString))
        {
            connection.Open();
            AccessSchema.Migrate(connection);
        }

        return new AccessStore(connectionString, clock);
    }

    /// <summary>Adds a user. Refused: a bad name, a name taken (without regard to case).</summary>
    public Task<AccessOutcome<UserEntry>> AddUserAsync(string name, Role role, CancellationToken cancel) => AddUserAsync(name, role, scope: null, cancel);

    /// <summary>Adds a user whose work is limited to regions and feeders. Refused as without.</summary>
    public async Task<AccessOutcome<UserEntry>> AddUserAsync(string name, Role role, AccessScope? scope, CancellationToken cancel)
    {
        if (NameFault(name) is { } fault)
        {
            return new(AccessFaultKind.BadName, fault);
        }

        var entry = new UserEntry(name, role, Now(), scope);
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO users (name, role, created, regions, feeders) VALUES ($name, $role, $created, $regions, $feeders) ON CONFLICT DO NOTHING;";
        command.Parameters.AddWithValue("$name", entry.Name);
        command.Parameters.AddWithValue("$role", (int)role);
        command.Parameters.AddWithValue("$created", entry.Created.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$regions", scope?.RegionsText ?? string.Empty);
        command.Parameters.AddWithValue("$feeders", scope?.FeedersText ?? string.Empty);
        if (await command.ExecuteNonQueryAsync(cancel) > 0)
        {
            return new(entry);
        }

        return (await UsersAsync(cancel)).Any(u => u.Ended is not null && IsOf(u, name))
            ? new(AccessFaultKind.NameTaken, $"There was a user '{name}', whose access has ended: a name is not given twice, because the audit knows people by it.")
            : new(AccessFaultKind.NameTaken, $"There is already a user '{name}'.");
    }

    /// <summary>Gives a user another role or scope; what their tokens and sessions may do follows at once. Refused: nobody of the name, or one whose access has ended.</summary>
    public Task<AccessOutcome<UserEntry>> ChangeUserAsync(string name, Role role, AccessScope? scope, CancellationToken cancel) => UpdateUserAsync(
        name,
        command =>
        {
            command.CommandText = "UPDATE users SET role = $role, regions = $regions, feeders = $feeders WHERE name = $name AND ended IS NULL; SELECT changes();";
            command.Parameters.AddWithValue("$role", (int)role);
            command.Parameters.AddWithValue("$regions", scope?.RegionsText ?? string.Empty);
            command.Parameters.AddWithValue("$feeders", scope?.FeedersText ?? string.Empty);
        },
        cancel);

    /// <summary>Ends a user's access for good: no token of theirs is good any more and none is made. The name stays, for the audit. Refused as <see cref="ChangeUserAsync"/> is.</summary>
    public Task<AccessOutcome<UserEntry>> EndUserAsync(string name, CancellationToken cancel) => UpdateUserAsync(
        name,
        command =>
        {
            command.CommandText = """
                UPDATE tokens SET revoked = COALESCE(revoked, $now) WHERE user = $name;
                UPDATE users SET ended = $now WHERE name = $name AND ended IS NULL;
                SELECT changes();
                """;
            command.Parameters.AddWithValue("$now", Now().ToUnixTimeMilliseconds());
        },
        cancel);

    /// <summary>Makes a token for a user and returns its text: the only time it is seen.</summary>
    /// <param name="user">The user's name.</param>
    /// <param name="expiresIn">Life of the token, one second to ten years; null for <see cref="DefaultExpiry"/>.</param>
    /// <param name="cancel">Gives up before anything is written.</param>
    public async Task<AccessOutcome<string>> CreateTokenAsync(string user, TimeSpan? expiresIn, CancellationToken cancel)
    {
        var life = expiresIn ?? DefaultExpiry;
        if (life < TimeSpan.FromSeconds(1) || life > LongestExpiry)
        {
            return new(AccessFaultKind.BadExpiry, "A token must live between one second and ten years.");
        }

        var text = TokenSecret.Make();
        var hash = TokenSecret.Hash(text)!;
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO tokens (user, key, hash, created, expires)
            SELECT name, $key, $hash, $created, $expires FROM users WHERE name = $user AND ended IS NULL;
            """;
        command.Parameters.AddWithValue("$user", user ?? string.Empty);
        command.Parameters.AddWithValue("$key", hash[..TokenSecret.KeyBytes]);
        command.Parameters.AddWithValue("$hash", hash);
        command.Parameters.AddWithValue("$created", Now().ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$expires", (Now() + life).ToUnixTimeMilliseconds());
        return await command.ExecuteNonQueryAsync(cancel) == 0
            ? new(AccessFaultKind.UnknownUser, $"There is no user '{user}', or their access has ended; add one with: detector users add {user} --role ROLE")
            : new(text);
    }

    /// <summary>Who a token stands for, or null: unknown, expired, revoked or not a token at all.</summary>
    public async Task<Actor?> AuthenticateAsync(string? token, CancellationToken cancel)
    {
        var actor = TokenSecret.Hash(token) is { } hash ? _cache.Find(hash) ?? await LookUpAsync(hash, cancel) : null;
        Metrics.Authenticated(actor is not null);
        return actor;
    }

    /// <summary>Revokes a token by its number; revoking twice is no fault.</summary>
    public async Task<AccessOutcome<TokenEntry>> RevokeTokenAsync(long id, CancellationToken cancel)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE tokens SET revoked = COALESCE(revoked, $now) WHERE id = $id;";
        command.Parameters.AddWithValue("$id", id);
        command.Parameters.AddWithValue("$now", Now().ToUnixTimeMilliseconds());
        var changed = await command.ExecuteNonQueryAsync(cancel);
        _cache.Clear();
        return changed == 0
            ? new(AccessFaultKind.UnknownToken, $"There is no token {id}.")
            : new((await TokensAsync(cancel)).Single(t => t.Id == id));
    }

    /// <summary>Every user, by name.</summary>
    public async Task<IReadOnlyList<UserEntry>> UsersAsync(CancellationToken cancel)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, role, created, regions, feeders, ended FROM users ORDER BY name;";
        using var rows = await command.ExecuteReaderAsync(cancel);
        var users = new List<UserEntry>();
        while (await rows.ReadAsync(cancel))
        {
            users.Add(new UserEntry(rows.GetString(0), (Role)rows.GetByte(1), Moment(rows.GetInt64(2)), ScopeOf(rows.GetString(3), rows.GetString(4)))
            {
                Ended = await rows.IsDBNullAsync(5, cancel) ? null : Moment(rows.GetInt64(5)),
            });
        }

        return users;
    }

    /// <summary>Every token, good or not, oldest first.</summary>
    public async Task<IReadOnlyList<TokenEntry>> TokensAsync(CancellationToken cancel)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, user, created, expires, revoked FROM tokens ORDER BY id;";
        using var rows = await command.ExecuteReaderAsync(cancel);
        var tokens = new List<TokenEntry>();
        while (await rows.ReadAsync(cancel))
        {
            DateTimeOffset? revoked = await rows.IsDBNullAsync(4, cancel) ? null : Moment(rows.GetInt64(4));
            tokens.Add(new TokenEntry(rows.GetInt64(0), rows.GetString(1), Moment(rows.GetInt64(2)), Moment(rows.GetInt64(3)), revoked));
        }

        return tokens;
    }

    /// <summary>Lets go of the file.</summary>
    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private async Task<AccessOutcome<UserEntry>> UpdateUserAsync(string name, Action<SqliteCommand> fill, CancellationToken cancel)
    {
        using var connection = Connect();
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(cancel);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.Parameters.AddWithValue("$name", name ?? string.Empty);
        fill(command);
        var changed = (long)(await command.ExecuteScalarAsync(cancel))!;
        await transaction.CommitAsync(cancel);
        _cache.Clear();
        return changed == 0
            ? new(AccessFaultKind.UnknownUser, $"There is no user '{name}' whose access has not ended; see them with: detector users list")
            : new((await UsersAsync(cancel)).Single(u => IsOf(u, name)));
    }

    private async Task<Actor?> LookUpAsync(byte[] hash, CancellationToken cancel)
    {
        using var connection = Connect();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT users.name, users.role, tokens.hash, tokens.expires, users.regions, users.feeders FROM tokens JOIN users ON users.name = tokens.user
            WHERE tokens.key = $key AND tokens.revoked IS NULL AND tokens.expires > $now AND users.ended IS NULL;
            """;
        command.Parameters.AddWithValue("$key", hash[..TokenSecret.KeyBytes]);
        command.Parameters.AddWithValue("$now", Now().ToUnixTimeMilliseconds());
        using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var kept = await rows.GetFieldValueAsync<byte[]>(2, cancel);
            if (CryptographicOperations.FixedTimeEquals(hash, kept) && !FederatedName.IsOne(rows.GetString(0))) // an older program may have taken such a name
            {
                var actor = new Actor(rows.GetString(0), (Role)rows.GetByte(1), ScopeOf(rows.GetString(4), rows.GetString(5)));
                _cache.Keep(hash, actor, Moment(rows.GetInt64(3)));
                return actor;
            }
        }

        return null;
    }

    private static bool IsOf(UserEntry user, string? name) => string.Equals(user.Name, name, StringComparison.OrdinalIgnoreCase);

    private static AccessScope? ScopeOf(string regions, string feeders) => AccessScope.Of(regions.Split('\n'), feeders.Split('\n'));

    private static string? NameFault(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName)
        {
            return $"A user's name has 1 to {LongestName} characters.";
        }

        if (string.Equals(name, SystemName, StringComparison.OrdinalIgnoreCase))
        {
            return $"'{SystemName}' is the name under which the program itself acts.";
        }

        if (FederatedName.IsOne(name))
        {
            return $"A user's name has no '{FederatedName.Mark}': such names are of people whom an identity provider knows.";
        }

        return name.Any(c => char.IsControl(c) || char.IsSurrogate(c)) || name != name.Trim()
            ? "A user's name has no control characters and no space around it."
            : null;
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    private DateTimeOffset Now() => Moment(_clock.GetUtcNow().ToUnixTimeMilliseconds());

    private static DateTimeOffset Moment(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);
}
