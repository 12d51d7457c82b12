// SPDX-License-Identifier: Apache-2.0
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Detector.Metering;

namespace Detector.Web.Tests.Api;

/// <summary>The register over HTTP: read by all within their scope, replaced whole by an administrator.</summary>
[TestFixture]
internal sealed class RegistryCallsTests
{
    private const string Path = "/api/v1/registry";
    private const string Csv = "meter,site,region,valid_from,valid_to\nm-1,mill,Yunnan,,2026-03-01T00:00:00Z\nm-1,hall,Hainan,2026-03-01T00:00:00Z,\nm-2,mill,Yunnan,,\n";

    private WebHost _host = null!;

    [SetUp]
    public async Task Start() => _host = await WebHost.StartAsync();

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task An_administrator_replaces_it_and_it_reads_back_as_it_was_sent()
    {
        using var root = _host.Client("root");
        var (tried, plan, _) = await PutAsync(root, Csv, "?try_only=true");
        var (status, body, tag) = await PutAsync(root, Csv);
        Assert.That((tried, plan.GetProperty("added").GetInt32(), plan.GetProperty("try_only").GetBoolean(), plan.GetProperty("version").ValueKind), Is.EqualTo((200, 2, true, JsonValueKind.Null)));
        Assert.That((status, body.GetProperty("added").GetInt32(), body.GetProperty("version").GetProperty("by").GetString()), Is.EqualTo((200, 2, "root")));
        Assert.That(_host.Registry.Current.Of(MeterId.Of("m-1"), new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero)).Site, Is.EqualTo("mill"));

        using var aud = _host.Client("aud");
        using var file = await aud.GetAsync(new Uri(Path + "?format=csv", UriKind.Relative));
        Assert.That(file.Headers.ETag!.Tag, Is.EqualTo(tag));
        var (again, same, _) = await PutAsync(root, await file.Content.ReadAsStringAsync(), tag: tag);
        Assert.That((again, same.GetProperty("changed").GetInt32(), same.GetProperty("meters").GetArrayLength()), Is.EqualTo((200, 0, 0)));
        Assert.That((await PutAsync(root, Csv, tag: tag)).Status, Is.EqualTo(412), "its bytes are others now");
        var versions = JsonDocument.Parse(await aud.GetStringAsync(new Uri(Path + "/versions", UriKind.Relative))).RootElement;
        Assert.That(versions.GetArrayLength(), Is.EqualTo(2));
    }

    [Test]
    public async Task Rows_come_by_page_and_as_of_a_moment()
    {
        using var root = _host.Client("root");
        await PutAsync(root, Csv);
        using var first = await root.GetAsync(new Uri(Path + "?limit=1", UriKind.Relative));
        Assert.That(Rows(await first.Content.ReadAsStringAsync()), Is.EqualTo(new[] { "m-1 mill", "m-1 hall" }), "rows of a meter stay together");
        Assert.That(first.Headers.GetValues("Link").Single(), Does.Contain("after=m-1"));
        Assert.That(Rows(await root.GetStringAsync(new Uri(Path + "?limit=1&after=m-1", UriKind.Relative))), Is.EqualTo(new[] { "m-2 mill" }));
        Assert.That(Rows(await root.GetStringAsync(new Uri(Path + "?as_of=2026-02-01", UriKind.Relative))), Is.EqualTo(new[] { "m-1 mill", "m-2 mill" }));
        Assert.That(await root.StatusAsync(Path + "?limit=0"), Is.EqualTo(400));
        Assert.That(await root.StatusAsync(Path + "?as_of=soon"), Is.EqualTo(400));
    }

    [Test]
    public async Task Nobody_else_changes_it_and_a_scope_holds()
    {
        using var root = _host.Client("root");
        await PutAsync(root, Csv);
        foreach (var name in new[] { "olga", "sun", "ana", "aud", "yun" })
        {
            using var other = _host.Client(name);
            Assert.That((await PutAsync(other, "meter\nm-9\n")).Status, Is.EqualTo(403), name);
        }

        using var stranger = _host.Client();
        Assert.That((await PutAsync(stranger, "meter\nm-9\n")).Status, Is.EqualTo(401));
        using var yun = _host.Client("yun");
        Assert.That(Rows(await yun.GetStringAsync(new Uri(Path, UriKind.Relative))), Is.EqualTo(new[] { "m-1 mill", "m-2 mill" }));
        Assert.That(await yun.GetStringAsync(new Uri(Path + "?format=csv", UriKind.Relative)), Does.Not.Contain("hall"));
        Assert.That(await yun.StatusAsync(Path + "/versions"), Is.EqualTo(403));
    }

    [Test]
    public async Task Faults_are_named_by_line_and_column_and_nothing_is_changed()
    {
        using var root = _host.Client("root");
        await PutAsync(root, Csv);
        var (status, body, _) = await PutAsync(root, "meter,site\nm-1,mill\nm-1,hall\n");
        Assert.That((status, body.GetProperty("detail").GetString()), Is.EqualTo((422, "The register before holds on. line 3, column meter: m-1 is already on line 2; keep one of them, or let one end (valid_to) before the other begins (valid_from).")));
        Assert.That(_host.Registry.Current.Meters, Has.Count.EqualTo(2));
    }

    private static string[] Rows(string json) => [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(row => $"{row.GetProperty("meter")} {row.GetProperty("site")}")];

    private static async Task<(int Status, JsonElement Body, string? Tag)> PutAsync(HttpClient client, string csv, string query = "", string? tag = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(Path + query, UriKind.Relative)) { Content = new StringContent(csv, Encoding.UTF8, "text/csv") };
        if (tag is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(tag));
        }

        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement, answer.Headers.ETag?.Tag);
    }
}
