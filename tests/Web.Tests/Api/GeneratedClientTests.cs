// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Metering;
using Detector.Testing;

namespace Detector.Web.Tests.Api;

/// <summary>A TypeScript client is generated from <c>/openapi/v1.json</c>, compiled strictly, and works a case over HTTP.</summary>
internal sealed class GeneratedClientTests
{
    [Test]
    [CancelAfter(300_000)]
    public async Task A_client_generated_from_the_document_compiles_and_works_a_case(CancellationToken cancel)
    {
        using var client = await NodeClients.InstallAsync(Path.Combine(Requires.Repository(), "tests", "Web.Tests", "Api", "GeneratedClient"));
        await using var host = await WebHost.StartAsync();
        host.Timeline.Add(Sample.Load("m-17", 1));
        await host.Desk.ConsiderAsync(Sample.Finding("m-17", "s-4", Verdict.Case), cancel);
        using var operates = host.Client("olga");
        await File.WriteAllTextAsync(client.In("openapi.json"), await operates.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), cancel), cancel);

        await RunAsync(client, Path.Combine("node_modules", "openapi-typescript", "bin", "cli.js"), client.In("openapi.json"), "-o", client.In("schema.d.ts"));
        await RunAsync(client, Path.Combine("node_modules", "typescript", "bin", "tsc"), "-p", client.In("tsconfig.json"));
        var seen = JsonDocument.Parse(await RunAsync(client, "smoke.js", host.Address.ToString().TrimEnd('/'), host.TokenOf("olga"))).RootElement;

        Assert.Multiple(() =>
        {
            Assert.That(seen.GetProperty("unsettled").GetInt64(), Is.Zero);
            Assert.That(seen.GetProperty("site").GetString(), Is.EqualTo("s-4"));
            Assert.That(seen.GetProperty("refused").GetInt32(), Is.EqualTo(409));
            Assert.That(seen.GetProperty("refusal").GetString(), Is.Not.Empty);
            Assert.That(seen.GetProperty("moved").GetString(), Is.EqualTo("triaged"));
            Assert.That(seen.GetProperty("state").GetString(), Is.EqualTo("triaged"));
            Assert.That(seen.GetProperty("reasons").GetInt32(), Is.EqualTo(3));
            Assert.That(seen.GetProperty("readings").GetInt32(), Is.EqualTo(96));
            Assert.That(seen.GetProperty("missing").GetInt32(), Is.EqualTo(404));
        });
    }

    private static async Task<string> RunAsync(NodeClients client, string script, params string[] arguments)
    {
        var (code, output) = await client.RunAsync(script, arguments);
        Assert.That(code, Is.Zero, output);
        return output;
    }
}
