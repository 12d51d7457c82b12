// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.Metrics;

namespace Detector.Codecs;

/// <summary>Counters of decoding, each by codec.</summary>
internal static class Metrics
{
    private static readonly Meter Source = new("Detector.Codecs");
    private static readonly Counter<long> Messages = Source.CreateCounter<long>("detector.codecs.decoded", "{message}", "Payloads decoded.");
    private static readonly Counter<long> Readings = Source.CreateCounter<long>("detector.codecs.readings", "{reading}", "Readings decoded.");
    private static readonly Counter<long> PassedOver = Source.CreateCounter<long>("detector.codecs.passed_over", "{message}", "Payloads understood that carry no reading.");
    private static readonly Counter<long> Refused = Source.CreateCounter<long>("detector.codecs.rejected", "{message}", "Payloads rejected, by kind.");
    private static readonly Counter<long> Gaps = Source.CreateCounter<long>("detector.codecs.sequence_gaps", "{gap}", "Times that messages of a Sparkplug edge node did not arrive.");
    private static readonly Counter<long> Rebirths = Source.CreateCounter<long>("detector.codecs.rebirth_requests", "{request}", "Births asked of Sparkplug edge nodes, by whether the request could be handed on.");
    private static readonly string[] KindNames = [.. Enumerable.Range(0, 32).Select(i => ((RejectKind)i).ToString())];

    public static void Count(string codec, in DecodeResult result)
    {
        var byCodec = new KeyValuePair<string, object?>("codec", codec);
        if (result.IsPassedOver)
        {
            PassedOver.Add(1, byCodec);
        }
        else if (result.IsDecoded)
        {
            Messages.Add(1, byCodec);
            Readings.Add(result.Count, byCodec);
        }
        else
        {
            Refused.Add(1, byCodec, new KeyValuePair<string, object?>("kind", KindNames[(int)result.Kind & 31]));
        }
    }

    public static void SequenceGap() => Gaps.Add(1);

    public static void RebirthAsked(bool sent) => Rebirths.Add(1, new KeyValuePair<string, object?>("sent", sent));
}
