// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;

namespace Detector.Access;

/// <summary>Why a change of users, tokens or saved views was refused.</summary>
public enum AccessFaultKind
{
    /// <summary>The name is empty, too long or has characters a log line could not show.</summary>
    BadName = 1,

    /// <summary>Another user, or another view of the person, has the name.</summary>
    NameTaken = 2,

    /// <summary>No user has the name.</summary>
    UnknownUser = 3,

    /// <summary>No token has the number.</summary>
    UnknownToken = 4,

    /// <summary>A token must live between one second and ten years.</summary>
    BadExpiry = 5,

    /// <summary>A saved view is of no known page, or its filter is too long or none.</summary>
    BadView = 6,

    /// <summary>The person has as many saved views as are allowed.</summary>
    TooMany = 7,

    /// <summary>The person has no saved view of that number.</summary>
    UnknownView = 8,
}

/// <summary>A refusal: a kind for programs and a sentence for people.</summary>
public sealed record AccessFault(AccessFaultKind Kind, string Text);

/// <summary>The value asked for, or why there is none.</summary>
public sealed class AccessOutcome<T>
    where T : class
{
    internal AccessOutcome(T value) => Value = value;

    internal AccessOutcome(AccessFaultKind kind, string text) => Fault = new AccessFault(kind, text);

    /// <summary>The value; null where refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null where it succeeded.</summary>
    public AccessFault? Fault { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Succeeded => Fault is null;
}
