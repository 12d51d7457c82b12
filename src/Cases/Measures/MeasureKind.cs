// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Measures;

/// <summary>What the notice lets be done about a confirmed case. Stored by name; names only grow.</summary>
public enum MeasureKind
{
    /// <summary>No new or enlarged power connection for the enterprise.</summary>
    RestrictConnection = 1,

    /// <summary>The price of the "eliminated" category: a surcharge on the energy since onset.</summary>
    DifferentialPrice = 2,

    /// <summary>No part in the electricity market.</summary>
    MarketExclusion = 3,

    /// <summary>An entry in the credit register.</summary>
    CreditEvent = 4,

    /// <summary>No fiscal, tax or financial support.</summary>
    StopSupport = 5,

    /// <summary>Dated ceilings in kW down to the orderly exit.</summary>
    ExitPlan = 6,
}

/// <summary>Where a measure stands.</summary>
public enum MeasureState
{
    /// <summary>One person proposed it; another must approve.</summary>
    Proposed = 1,

    /// <summary>A credit event that was approved and must be announced to the subject.</summary>
    Approved = 2,

    /// <summary>A credit event that was announced; the subject may object until the date given.</summary>
    Noticed = 3,

    /// <summary>It holds.</summary>
    InForce = 4,

    /// <summary>It rests: the subject objected, or a supervisor suspended it.</summary>
    Suspended = 5,

    /// <summary>It is over: withdrawn, void, upheld objection, repaired, expired, or the case was refuted.</summary>
    Ended = 6,
}

/// <summary>Names of measures outside.</summary>
public static class MeasureNames
{
    /// <summary>Every kind, in the order of the values.</summary>
    public static IReadOnlyList<MeasureKind> Kinds { get; } = Enum.GetValues<MeasureKind>();

    /// <summary>The name of a kind, such as <c>exit_plan</c>.</summary>
    public static string Name(this MeasureKind kind) => kind switch
    {
        MeasureKind.RestrictConnection => "restrict_connection",
        MeasureKind.DifferentialPrice => "differential_price",
        MeasureKind.MarketExclusion => "market_exclusion",
        MeasureKind.CreditEvent => "credit_event",
        MeasureKind.StopSupport => "stop_support",
        MeasureKind.ExitPlan => "exit_plan",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of measure."),
    };

    /// <summary>The name of a state, such as <c>in_force</c>.</summary>
    public static string Name(this MeasureState state) => state == MeasureState.InForce ? "in_force" : state.ToString().ToLowerInvariant();

    /// <summary>Reads the name of a kind.</summary>
    public static bool TryParse(string? name, out MeasureKind kind)
    {
        kind = Kinds.FirstOrDefault(k => string.Equals(k.Name(), name?.Trim().Replace('-', '_'), StringComparison.OrdinalIgnoreCase));
        return kind != default;
    }
}
