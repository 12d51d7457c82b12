// SPDX-License-Identifier: Apache-2.0
using System.Net;
using Detector.Testing;

namespace Detector.EndToEnd;

/// <summary>A database of cases that is killed beside a running service.</summary>
public sealed class CaseStoreAwayTests
{
    [Test]
    [CancelAfter(240_000)]
    public async Task While_postgresql_is_gone_the_service_says_so_and_goes_on_when_it_is_back(CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        await using var server = await PostgresServer.StartAsync();
        var environment = new Dictionary<string, string>
        {
            ["DETECTOR__Cases__Kind"] = "postgres",
            ["DETECTOR__Cases__Postgres__ConnectionString"] = await server.NewDatabaseAsync(),
        };
        await using var detector = await DetectorProcess.ServeAsync(folder.Path, ServerProcess.FreePort(), ServerProcess.FreePort(), environment);
        await detector.SignInAsync(folder.Path, "auditor");
        await UntilAsync(HttpStatusCode.OK);

        await server.KillAsync();
        await UntilAsync(HttpStatusCode.ServiceUnavailable);
        Assert.That(await detector.Http.GetStringAsync(new Uri("/health/live", UriKind.Relative), cancel), Is.Not.Empty);

        await server.RestartAsync();
        await UntilAsync(HttpStatusCode.OK);

        Task UntilAsync(HttpStatusCode expected) => detector.UntilAsync(
            async () => await StatusAsync("/health/ready") == expected && await StatusAsync("/api/v1/cases") == expected, TimeSpan.FromSeconds(60));

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var answer = await detector.Http.GetAsync(new Uri(path, UriKind.Relative), cancel);
            return answer.StatusCode;
        }
    }
}
