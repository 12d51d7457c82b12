// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Stores;

/// <summary>What a store is opened with.</summary>
/// <param name="Folder">The data folder.</param>
/// <param name="Options">Settings of the section <c>Cases</c>.</param>
internal sealed record CaseStoreSetting(string Folder, CasesOptions Options);

/// <summary>The stores by name. A new one is a folder here and one line in <see cref="Standard"/>.</summary>
internal sealed class CaseStoreCatalog
{
    private readonly Dictionary<string, Func<CaseStoreSetting, CancellationToken, Task<ICaseStore>>> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The stores of the product.</summary>
    public static CaseStoreCatalog Standard()
    {
        var catalog = new CaseStoreCatalog();
        catalog.Add(Sqlite.SqliteCaseStore.KindName, Sqlite.SqliteCaseStore.OpenAsync);
        catalog.Add("postgres", Postgres.PostgresCaseStore.OpenAsync);
        return catalog;
    }

    /// <summary>Adds a store; a name taken twice stops the start.</summary>
    public void Add(string name, Func<CaseStoreSetting, CancellationToken, Task<ICaseStore>> open)
    {
        if (!_byName.TryAdd(name, open))
        {
            throw new InvalidOperationException($"The case store '{name}' is registered twice.");
        }
    }

    /// <summary>Opens the store that the settings name.</summary>
    public Task<ICaseStore> OpenAsync(CaseStoreSetting setting, CancellationToken cancel) =>
        _byName.TryGetValue(setting.Options.Kind, out var open)
            ? open(setting, cancel)
            : throw new InvalidOperationException($"Cases:Kind is '{setting.Options.Kind}'; it must be one of: {string.Join(", ", _byName.Keys)}.");
}
