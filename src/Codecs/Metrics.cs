// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;

namespace Detector.Codecs;

/// <summary>Counters of decoding, each by codec.</summary>
internal static class Metrics
{
    private static readonly Meter Source = new("Detector.Codecs");
    private static readonly Counter<long> Messages = Source.CreateCounter<long>("detector.codecs.decoded", "{message}", "Payloads decoded.");
    private static readonly Counter<long> Readings = Source.CreateCounter<long>("detector.codecs.readings", "{reading}", "Readings decoded.");
    private static readonly Counter<long> Refused = Source.CreateCounter<long>("detector.codecs.rejected", "{message}", "Payloads rejected, by kind.");
    private static readonly string[] KindNames = [.. Enumerable.Range(0, 16).Select(i => ((RejectKind)i).ToString())];

    public static void Count(string codec, in DecodeResult result)
    {
        var byCodec = new KeyValuePair<string, object?>("codec", codec);
        if (result.IsDecoded)
        {
            Messages.Add(1, byCodec);
            Readings.Add(result.Count, byCodec);
        }
        else
        {
            Refused.Add(1, byCodec, new KeyValuePair<string, object?>("kind", KindNames[(int)result.Kind & 15]));
        }
    }
}
