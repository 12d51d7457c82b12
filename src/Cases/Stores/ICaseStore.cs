// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Stores;

/// <summary>Where cases, verdicts, the audit chain and the outbox live: all in one store, so that one transaction covers them.</summary>
internal interface ICaseStore : IAsyncDisposable
{
    /// <summary>What the database said where it last refused for a while or did not answer; null where it took the last work.</summary>
    string? Refusal { get; }

    /// <summary>Runs work in one transaction that excludes every other writer, of other processes too; all of it is kept or, where it throws, nothing.</summary>
    Task<T> WriteAsync<T>(Func<ICaseWriter, CancellationToken, Task<T>> work, CancellationToken cancel);

    /// <summary>Runs work on one consistent view while others write.</summary>
    Task<T> ReadAsync<T>(Func<ICaseReader, CancellationToken, Task<T>> work, CancellationToken cancel);
}
