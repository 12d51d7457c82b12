// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace Detector.Codecs;

/// <summary>How a record's or metric's name is made of a meter and a quantity, such as <c>urn:dev:ow:{meter}:{quantity}</c>.</summary>
/// <remarks>Text stands for itself. A place takes everything up to the text after it; the last place takes the rest.</remarks>
internal sealed class NameTemplate
{
    private readonly byte[] _before;
    private readonly byte[] _between;
    private readonly byte[] _after;
    private readonly bool _meterFirst;
    private readonly bool _hasMeter;
    private readonly bool _hasQuantity;

    private NameTemplate(string before, string between, string after, bool meterFirst, bool hasMeter, bool hasQuantity)
    {
        (_before, _between, _after) = (Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(between), Encoding.UTF8.GetBytes(after));
        (_meterFirst, _hasMeter, _hasQuantity) = (meterFirst, hasMeter, hasQuantity);
    }

    public static bool TryParse(string text, out NameTemplate? template, out string? fault)
    {
        var meter = text.IndexOf("{meter}", StringComparison.Ordinal);
        var quantity = text.IndexOf("{quantity}", StringComparison.Ordinal);
        template = null;
        fault = meter < 0 && quantity < 0 ? "it needs {meter}, {quantity} or both" : null;
        if (fault is not null)
        {
            return false;
        }

        var places = new[] { (At: meter, Length: 7), (At: quantity, Length: 10) }.Where(p => p.At >= 0).OrderBy(p => p.At).ToArray();
        var before = text[..places[0].At];
        var between = places.Length == 2 ? text[(places[0].At + places[0].Length)..places[1].At] : string.Empty;
        var after = text[(places[^1].At + places[^1].Length)..];
        if (places.Length == 2 && between.Length == 0)
        {
            fault = "there must be text between {meter} and {quantity}, or they cannot be told apart";
        }
        else if ((before + between + after).AsSpan().IndexOfAny('{', '}') >= 0)
        {
            fault = "the places are {meter} and {quantity}, each once";
        }
        else
        {
            template = new NameTemplate(before, between, after, meter >= 0 && (quantity < 0 || meter < quantity), meter >= 0, quantity >= 0);
        }

        return fault is null;
    }

    /// <summary>Takes a name apart; a place that the template has not is empty.</summary>
    public bool Matches(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> meter, out ReadOnlySpan<byte> quantity)
    {
        meter = quantity = default;
        if (name.Length < _before.Length + _after.Length || !name.StartsWith(_before) || !name.EndsWith(_after))
        {
            return false;
        }

        var middle = name[_before.Length..^_after.Length];
        var cut = _hasMeter && _hasQuantity ? middle.IndexOf(_between) : middle.Length;
        if (cut <= 0)
        {
            return false;
        }

        var first = middle[..cut];
        var second = _hasMeter && _hasQuantity ? middle[(cut + _between.Length)..] : default;
        meter = _meterFirst ? first : second;
        quantity = _meterFirst ? second : first;
        return !_hasMeter || !_hasQuantity || !second.IsEmpty;
    }
}
