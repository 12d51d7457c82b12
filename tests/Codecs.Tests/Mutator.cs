// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace Detector.Codecs;

/// <summary>Makes payloads that are nearly right: examples cut, spliced, repeated and overwritten, by a seeded generator.</summary>
internal sealed class Mutator(Random random, byte[][] seeds)
{
    private static readonly byte[] Alphabet = Encoding.UTF8.GetBytes("{}[]\",:=;\\ \n\r\tkwhtsqmeter0123456789.eE+-#Zu\u00e9\u6c49");

    private static readonly byte[][] Pieces =
    [
        .. new[] { "1e999", "-1e999", "NaN", "null", "true", "99999999999999999999", "-0", "0.1e-320", "\"\"", "{}", "[]", "[[[[", "\\ud800", "\u0000", "253402300800", "-62135596801" }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x9B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0x7B, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0xF9, 0x7E, 0x00], [0x1F, 0x8B, 0x08], [0x28, 0xB5, 0x2F, 0xFD],
    ];

    public byte[] Next()
    {
        if (random.Next(8) == 0)
        {
            var noise = new byte[random.Next(0, 80)];
            random.NextBytes(noise);
            return noise;
        }

        var payload = new List<byte>(seeds[random.Next(seeds.Length)]);
        for (var change = random.Next(1, 5); change > 0; change--)
        {
            Change(payload);
        }

        return [.. payload];
    }

    private void Change(List<byte> payload)
    {
        var at = random.Next(payload.Count + 1);
        var length = random.Next(payload.Count - at + 1);
        switch (random.Next(7))
        {
            case 0 when at < payload.Count:
                payload[at] = (byte)random.Next(256);
                break;
            case 1 when at < payload.Count:
                payload[at] = Alphabet[random.Next(Alphabet.Length)];
                break;
            case 2 when at < payload.Count:
                payload[at] ^= (byte)(1 << random.Next(8));
                break;
            case 3:
                payload.RemoveRange(at, length);
                break;
            case 4:
                payload.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 5 when payload.Count < 4096:
                payload.InsertRange(at, payload.GetRange(at, length));
                break;
            default:
                var other = seeds[random.Next(seeds.Length)];
                var from = random.Next(other.Length + 1);
                payload.RemoveRange(at, payload.Count - at);
                payload.AddRange(other[from..]);
                break;
        }
    }
}
