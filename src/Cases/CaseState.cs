// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases;

/// <summary>Where a case stands. Stored; values only grow. Every state past the first was reached by a person.</summary>
public enum CaseState : byte
{
    /// <summary>Opened by a verdict; nobody has looked yet.</summary>
    Screened = 1,

    /// <summary>A person found it worth work.</summary>
    Triaged = 2,

    /// <summary>An inspection is ordered or under way.</summary>
    Inspecting = 3,

    /// <summary>Two people confirmed mining.</summary>
    Confirmed = 4,

    /// <summary>An inspection found no mining; the site is left alone for the cool-down.</summary>
    Refuted = 5,

    /// <summary>An inspection could not decide.</summary>
    Inconclusive = 6,

    /// <summary>Measures of the notice are being carried out.</summary>
    Measures = 7,

    /// <summary>The site's orderly exit is watched.</summary>
    ExitMonitoring = 8,

    /// <summary>Nothing is left to do.</summary>
    Closed = 9,

    /// <summary>The subject objected; decided before anything else goes on.</summary>
    Objection = 10,

    /// <summary>Merged into another case, which stands for this one's site until they are split again.</summary>
    Merged = 11,
}

/// <summary>States by the names of the contract, and which of them hold a site's one open case.</summary>
public static class CaseStateNames
{
    /// <summary>Every state, in the order of the values.</summary>
    public static IReadOnlyList<CaseState> All { get; } = Enum.GetValues<CaseState>();

    /// <summary>The name of a state, such as <c>exit_monitoring</c>.</summary>
    public static string Name(this CaseState state) => state switch
    {
        CaseState.Screened => "screened",
        CaseState.Triaged => "triaged",
        CaseState.Inspecting => "inspecting",
        CaseState.Confirmed => "confirmed",
        CaseState.Refuted => "refuted",
        CaseState.Inconclusive => "inconclusive",
        CaseState.Measures => "measures",
        CaseState.ExitMonitoring => "exit_monitoring",
        CaseState.Closed => "closed",
        CaseState.Objection => "objection",
        CaseState.Merged => "merged",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a case."),
    };

    /// <summary>Reads a name, whatever its case; <c>-</c>, <c>_</c> and space are alike.</summary>
    public static bool TryParse(string? name, out CaseState state)
    {
        var wanted = name?.Trim().Replace('-', '_').Replace(' ', '_');
        foreach (var candidate in All)
        {
            if (string.Equals(candidate.Name(), wanted, StringComparison.OrdinalIgnoreCase))
            {
                state = candidate;
                return true;
            }
        }

        state = default;
        return false;
    }

    /// <summary>Whether new evidence joins a case in this state; a site has at most one such case.</summary>
    public static bool IsOpen(this CaseState state) => state is not (CaseState.Refuted or CaseState.Closed or CaseState.Merged);
}
