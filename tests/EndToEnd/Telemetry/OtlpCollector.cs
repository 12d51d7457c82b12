// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Detector.Testing;

namespace Detector.EndToEnd.Telemetry;

/// <summary>A span as it was sent.</summary>
internal sealed record Span(string Trace, string Id, string Parent, string Name, IReadOnlyDictionary<string, string> Attributes);

/// <summary>Takes traces over OTLP/HTTP as a collector does, and reads their protocol buffers.</summary>
internal sealed class OtlpCollector : IDisposable
{
    private readonly HttpListener _listener = new();

    public OtlpCollector()
    {
        Url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{ServerProcess.FreePort()}/");
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = TakeAsync();
    }

    public string Url { get; }

    public ConcurrentQueue<Span> Spans { get; } = new();

    public ConcurrentQueue<string> Paths { get; } = new();

    public void Dispose() => _listener.Close();

    private async Task TakeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext call;
            try
            {
                call = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var body = new MemoryStream();
            await call.Request.InputStream.CopyToAsync(body);
            Paths.Enqueue(call.Request.Url!.AbsolutePath);
            Read(body.ToArray());
            call.Response.ContentType = "application/x-protobuf";
            call.Response.Close();
        }
    }

    // opentelemetry/proto/trace/v1: TracesData 1 → ResourceSpans 2 → ScopeSpans 2 → Span.
    private void Read(byte[] bytes)
    {
        foreach (var resource in Fields(bytes).Where(f => f.Number == 1))
        {
            foreach (var scope in Fields(resource.Bytes).Where(f => f.Number == 2))
            {
                foreach (var span in Fields(scope.Bytes).Where(f => f.Number == 2))
                {
                    var fields = Fields(span.Bytes).ToLookup(f => f.Number, f => f.Bytes);
                    Spans.Enqueue(new Span(
                        Convert.ToHexString(fields[1].Single()),
                        Convert.ToHexString(fields[2].Single()),
                        Convert.ToHexString(fields[4].FirstOrDefault() ?? []),
                        Encoding.UTF8.GetString(fields[5].Single()),
                        fields[9].Select(Attribute).ToDictionary(a => a.Key, a => a.Value)));
                }
            }
        }
    }

    private static KeyValuePair<string, string> Attribute(byte[] bytes)
    {
        var fields = Fields(bytes).ToDictionary(f => f.Number);
        var value = Fields(fields[2].Bytes).Single();
        return new(Encoding.UTF8.GetString(fields[1].Bytes), value.Number == 1 ? Encoding.UTF8.GetString(value.Bytes) : value.Varint.ToString(CultureInfo.InvariantCulture));
    }

    private static List<(int Number, byte[] Bytes, ulong Varint)> Fields(byte[] bytes)
    {
        var fields = new List<(int, byte[], ulong)>();
        for (var at = 0; at < bytes.Length;)
        {
            var key = Varint(bytes, ref at);
            var number = (int)(key >> 3);
            var fixedLength = (key & 7) switch { 1 => 8, 5 => 4, _ => 0 };
            if ((key & 7) == 0)
            {
                fields.Add((number, [], Varint(bytes, ref at)));
                continue;
            }

            var length = fixedLength > 0 ? fixedLength : (int)Varint(bytes, ref at);
            fields.Add((number, bytes[at..(at + length)], 0));
            at += length;
        }

        return fields;
    }

    private static ulong Varint(byte[] bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
