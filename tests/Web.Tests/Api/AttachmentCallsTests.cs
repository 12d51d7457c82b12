// SPDX-License-Identifier: Apache-2.0
using System.Net.Http.Headers;
using Detector.Metering;

namespace Detector.Web.Tests.Api;

/// <summary>Files of a case over HTTP.</summary>
[TestFixture]
internal sealed class AttachmentCallsTests
{
    private static readonly byte[] Pdf = "%PDF-1.7\n<script>alert(1)</script>"u8.ToArray();

    private WebHost _host = null!;

    [SetUp]
    public async Task Start()
    {
        _host = await WebHost.StartAsync();
        await _host.Desk.ConsiderAsync(Sample.Finding("m-17", "s-4", Verdict.Case), CancellationToken.None);
    }

    [TearDown]
    public async Task Stop() => await _host.DisposeAsync();

    [Test]
    public async Task A_file_goes_in_and_comes_out_to_be_saved_and_never_shown()
    {
        Assert.That((await SendAsync("olga", "lease%20%22a%22.pdf", Pdf)).Status, Is.EqualTo(200));
        using var client = _host.Client("aud");
        var listed = (await client.GetJsonAsync("/api/v1/cases/c-1/attachments"))[0];
        Assert.That(listed.Names(), Is.EqualTo(new[] { "sequence", "name", "type", "bytes", "sha256", "by", "at" }));
        using var answer = await client.GetAsync(new Uri($"/api/v1/cases/c-1/attachments/{listed.GetProperty("sequence")}", UriKind.Relative));
        Assert.That(await answer.Content.ReadAsByteArrayAsync(), Is.EqualTo(Pdf));
        Assert.That(answer.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/pdf"));
        Assert.That(answer.Content.Headers.ContentDisposition?.DispositionType, Is.EqualTo("attachment"));
        Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That(answer.Headers.GetValues("Content-Security-Policy"), Is.EqualTo(new[] { "default-src 'none'; sandbox" }));
        Assert.That(await client.StatusAsync("/api/v1/cases/c-1/attachments/1"), Is.EqualTo(404));
        Assert.That(await client.StatusAsync("/api/v1/cases/c-9/attachments"), Is.EqualTo(404));
    }

    [Test]
    public async Task What_may_not_be_attached_is_refused_with_its_status()
    {
        Assert.That((await SendAsync(null, "a.pdf", Pdf)).Status, Is.EqualTo(401));
        Assert.That((await SendAsync("aud", "a.pdf", Pdf)).Status, Is.EqualTo(403));
        Assert.That((await SendAsync("olga", "a.png", Pdf)).Status, Is.EqualTo(415));
        Assert.That((await SendAsync("olga", "a.txt", "<html>"u8.ToArray())).Status, Is.EqualTo(415));
        Assert.That((await SendAsync("olga", "a.pdf", Pdf, "text/plain")).Status, Is.EqualTo(415), "a foreign page can send that");
        Assert.That((await SendAsync("olga", "..%2Fa.pdf", Pdf)).Status, Is.EqualTo(400));
        Assert.That((await SendAsync("olga", "a.pdf", [.. Pdf, .. new byte[10 << 20]])).Status, Is.EqualTo(413));
        Assert.That((await SendAsync("olga", "a.pdf", [.. Pdf, .. new byte[1 << 20]])).Status, Is.EqualTo(200), "longer than other bodies may be");
        Assert.That((await SendAsync("olga", "a.pdf", Pdf, id: "c-9")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task A_key_makes_it_once()
    {
        var first = await SendAsync("olga", "a.pdf", Pdf, key: "k");
        Assert.That((await SendAsync("olga", "a.pdf", Pdf, key: "k")).Text, Is.EqualTo(first.Text));
        Assert.That((await SendAsync("olga", "b.pdf", Pdf, key: "k")).Status, Is.EqualTo(422));
        Assert.That((await SendAsync("olga", "a.pdf", [.. Pdf, 1], key: "k")).Status, Is.EqualTo(422));
    }

    private async Task<(int Status, string Text)> SendAsync(string? person, string name, byte[] content, string type = "application/octet-stream", string? key = null, string id = "c-1")
    {
        using var client = _host.Client(person);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/cases/{id}/attachments?name={name}") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.ExpectContinue = true; // else a refused long body may break the connection before the answer is read
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var answer = await client.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
