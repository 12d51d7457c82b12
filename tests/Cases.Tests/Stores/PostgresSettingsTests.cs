// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Stores;
using Detector.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Cases.Tests.Stores;

/// <summary>What is said where PostgreSQL cannot be used; needs no server.</summary>
public sealed class PostgresSettingsTests
{
    [TestCase("")]
    [TestCase("Database=detector")]
    [TestCase("nonsense")]
    [TestCase("Host=db;Colour=red")]
    public void A_connection_string_that_cannot_be_used_is_refused_by_its_key_and_not_shown(string connectionString) =>
        Assert.That(() => OpenAsync(connectionString), Throws.InvalidOperationException.With.Message.StartsWith("Cases:Postgres:ConnectionString cannot be used"));

    [Test]
    public void A_server_that_is_not_there_is_said_to_be_away() =>
        Assert.That(() => OpenAsync($"Host=127.0.0.1;Port={ServerProcess.FreePort()};Database=d;Username=u;Timeout=2"), Throws.InstanceOf<CaseStoreUnavailableException>());

    private static Task<CaseDesk> OpenAsync(string connectionString) => CaseDesk.OpenAsync(
        new CasesOptions { Kind = "postgres", Postgres = new PostgresOptions { ConnectionString = connectionString } }, "nowhere", TimeProvider.System, NullLoggerFactory.Instance, default);
}
