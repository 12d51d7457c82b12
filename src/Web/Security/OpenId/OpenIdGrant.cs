// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Web.Security.OpenId;

/// <summary>What one value of the claim of roles gives: an entry of <c>Http:OpenId:Grants</c>.</summary>
public sealed class OpenIdGrant
{
    /// <summary>The value as the provider sends it: the name of a role or group, or its id. Compared exactly.</summary>
    public string Value { get; set; } = string.Empty;

    /// <summary>The role it gives: <c>operator</c>, <c>supervisor</c>, <c>analyst</c>, <c>auditor</c> or <c>admin</c>.</summary>
    public string Role { get; set; } = string.Empty;

    /// <summary>Regions to which it limits; none: every region.</summary>
    public List<string> Regions { get; set; } = [];

    /// <summary>Feeders to which it limits, instead of regions; none: every feeder.</summary>
    public List<string> Feeders { get; set; } = [];

    /// <summary>The role by its value; null where the name is of none.</summary>
    internal Role? Gives => RoleNames.TryParse(Role, out var role) ? role : null;

    /// <summary>Whether it limits at all.</summary>
    internal bool IsLimited => Regions.Count > 0 || Feeders.Count > 0;
}
