// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using Detector.Testing;

namespace Detector.EndToEnd;

/// <summary>The register replaced from outside while the service runs.</summary>
internal sealed class RegistryTests
{
    [Test]
    [CancelAfter(120_000)]
    public async Task A_register_put_by_the_command_line_is_taken_by_a_running_service(CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        var (data, sites) = (folder.In("data"), folder.In("sites.csv"));
        await using var detector = await DetectorProcess.ServeAsync(data, ServerProcess.FreePort(), ServerProcess.FreePort());
        await detector.SignInAsync(data, "auditor");
        await File.WriteAllTextAsync(sites, "meter,site,valid_from,valid_to\nm-1,mill,,2026-03-01\nm-1,hall,2026-03-01,\n", cancel);
        var tried = await DetectorProcess.RunAsync(["registry", "put", sites, "--try", "--format", "json", "--data", data]);
        var before = await detector.Http.GetStringAsync(new Uri("/api/v1/registry", UriKind.Relative), cancel);
        var put = await DetectorProcess.RunAsync(["registry", "put", sites, "--data", data]);
        Assert.That((tried.Code, JsonDocument.Parse(tried.Output).RootElement[0].GetProperty("change").GetString(), before), Is.EqualTo((0, "added", "[]")));
        Assert.That((put.Code, put.Error), Is.EqualTo((0, "1 added, 0 removed, 0 moved, 0 changed." + Environment.NewLine)));

        JsonElement rows;
        while ((rows = JsonDocument.Parse(await detector.Http.GetStringAsync(new Uri("/api/v1/registry", UriKind.Relative), cancel)).RootElement).GetArrayLength() < 2)
        {
            await Task.Delay(200, cancel);
        }

        Assert.That(rows.EnumerateArray().Select(r => r.GetProperty("site").GetString()), Is.EqualTo(new[] { "mill", "hall" }));
        await File.WriteAllTextAsync(sites, "meter,site\nm-1,mill\nm-1,hall\n", cancel);
        var faulty = await DetectorProcess.RunAsync(["registry", "put", sites, "--data", data]);
        var listed = await DetectorProcess.RunAsync(["registry", "list", "--as-of", "2026-02-01", "--format", "json", "--data", data]);
        var versions = await DetectorProcess.RunAsync(["registry", "versions", "--format", "json", "--data", data]);
        Assert.That(faulty.Code, Is.EqualTo(2));
        Assert.That(faulty.Error, Does.Contain("line 3, column meter: m-1 is already on line 2"));
        Assert.That(JsonDocument.Parse(listed.Output).RootElement.EnumerateArray().Select(r => r.GetProperty("site").GetString()), Is.EqualTo(new[] { "mill" }));
        Assert.That(JsonDocument.Parse(versions.Output).RootElement.GetArrayLength(), Is.EqualTo(1));
    }
}
