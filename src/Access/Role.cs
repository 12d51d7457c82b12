// SPDX-License-Identifier: Apache-2.0
namespace Detector.Access;

/// <summary>What a person may do. Stored; values only grow.</summary>
public enum Role : byte
{
    /// <summary>Works cases: triages, starts inspections, proposes outcomes.</summary>
    Operator = 1,

    /// <summary>Second person: approves confirmations, measures and credit events.</summary>
    Supervisor = 2,

    /// <summary>Works on models and labels; moves no case.</summary>
    Analyst = 3,

    /// <summary>Reads everything, changes nothing.</summary>
    Auditor = 4,

    /// <summary>Keeps users, tokens and configuration; moves no case.</summary>
    Admin = 5,
}

/// <summary>Roles by the names of the contract.</summary>
public static class RoleNames
{
    /// <summary>Every role, in the order of the values.</summary>
    public static IReadOnlyList<Role> All { get; } = Enum.GetValues<Role>();

    /// <summary>The name of a role, as in <c>users add NAME --role ROLE</c>.</summary>
    public static string Name(this Role role) => role switch
    {
        Role.Operator => "operator",
        Role.Supervisor => "supervisor",
        Role.Analyst => "analyst",
        Role.Auditor => "auditor",
        Role.Admin => "admin",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role."),
    };

    /// <summary>Reads a name, whatever its case.</summary>
    public static bool TryParse(string? name, out Role role)
    {
        foreach (var candidate in All)
        {
            if (string.Equals(candidate.Name(), name?.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                role = candidate;
                return true;
            }
        }

        role = default;
        return false;
    }
}
