// SPDX-License-Identifier: Apache-2.0
namespace Detector.Codecs;

/// <summary>Why a payload was rejected. Stored with dead letters; values only grow, zero is never a meaning.</summary>
public enum RejectKind : byte
{
    /// <summary>No mapping fits the topic.</summary>
    NoMapping = 1,

    /// <summary>Nothing in it.</summary>
    Empty = 2,

    /// <summary>Not the syntax that the codec reads.</summary>
    Malformed = 3,

    /// <summary>It ends in the middle.</summary>
    Truncated = 4,

    /// <summary>Something follows after its end.</summary>
    Trailing = 5,

    /// <summary>Over the limit of bytes, readings or nesting.</summary>
    TooLarge = 6,

    /// <summary>A known key holds a value of another type.</summary>
    WrongType = 7,

    /// <summary>A number is infinite or not a number.</summary>
    NonFinite = 8,

    /// <summary>A value is outside what it can mean.</summary>
    OutOfRange = 9,

    /// <summary>A known key occurs twice.</summary>
    DuplicateKey = 10,

    /// <summary>Two parts of it contradict each other.</summary>
    Contradiction = 11,

    /// <summary>An element carries no quantity.</summary>
    NoValue = 12,

    /// <summary>The time is not a moment.</summary>
    BadTime = 13,

    /// <summary>No meter, or no valid meter name.</summary>
    BadMeter = 14,

    /// <summary>A value whose unit neither the payload nor the mapping names.</summary>
    NoUnit = 15,

    /// <summary>What it refers to has not arrived: a metric's alias without the birth that gives its name.</summary>
    NoBirth = 16,
}

/// <summary>What became of a payload: decoded whole, passed over whole, or rejected whole.</summary>
/// <remarks>
/// All or nothing, because the message is the unit that is kept, listed and replayed: were a part of it stored and a part
/// rejected, replaying it after a repair would send the stored part twice, and the ledger could not count it as one.
/// Passed over is what is understood and carries no reading, such as a device's word on its radio: it is counted, and nothing of it is due.
/// </remarks>
public readonly record struct DecodeResult
{
    private DecodeResult(int count, RejectKind kind, int atByte, string? reason)
    {
        Count = count;
        Kind = kind;
        AtByte = atByte;
        Reason = reason;
    }

    /// <summary>Whether it was decoded or passed over.</summary>
    public bool IsDecoded => Kind == default;

    /// <summary>Whether it was understood and carries no reading.</summary>
    public bool IsPassedOver => IsDecoded && Reason is not null;

    /// <summary>Readings added to the buffer; over zero where decoded, zero where passed over or rejected.</summary>
    public int Count { get; }

    /// <summary>Why it was rejected; meaningless where decoded.</summary>
    public RejectKind Kind { get; }

    /// <summary>Byte of the payload (of the topic, for <see cref="RejectKind.NoMapping"/>) at which the fault was seen, from 0.</summary>
    public int AtByte { get; }

    /// <summary>One sentence: where rejected, on what is wrong and what would mend it; where passed over, on what it is; null where decoded.</summary>
    public string? Reason { get; }

    /// <summary>Decoded to so many readings.</summary>
    public static DecodeResult Decoded(int count) => new(count, default, 0, null);

    /// <summary>Understood, and without a reading.</summary>
    public static DecodeResult PassedOver(string what) => new(0, default, 0, what);

    /// <summary>Rejected.</summary>
    public static DecodeResult Rejected(RejectKind kind, int atByte, string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        return new DecodeResult(0, kind, atByte, reason);
    }

    /// <inheritdoc />
    public override string ToString() => IsPassedOver ? $"passed over: {Reason}" : IsDecoded ? $"{Count} readings" : $"{Kind} at byte {AtByte}: {Reason}";
}
