// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Cases;

/// <summary>Settings of the section <c>Cases:Deadlines</c>: how long a case may stand in a state, 0 for as long as it takes, at most 10 years.</summary>
public sealed class DeadlineOptions
{
    /// <summary>After an escalation the case is escalated again each time this passes; 1 hour to 1 year.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan EscalateAgain { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often the service looks for cases beyond their deadline; 1 second to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>In <c>screened</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Screened { get; set; } = TimeSpan.FromDays(3);

    /// <summary>In <c>triaged</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Triaged { get; set; } = TimeSpan.FromDays(7);

    /// <summary>In <c>inspecting</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Inspecting { get; set; } = TimeSpan.FromDays(30);

    /// <summary>In <c>confirmed</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Confirmed { get; set; } = TimeSpan.FromDays(14);

    /// <summary>In <c>inconclusive</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Inconclusive { get; set; } = TimeSpan.FromDays(30);

    /// <summary>In <c>measures</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Measures { get; set; } = TimeSpan.FromDays(90);

    /// <summary>In <c>exit_monitoring</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan ExitMonitoring { get; set; } = TimeSpan.Zero; // an exit plan has dates of its own

    /// <summary>In <c>objection</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Objection { get; set; } = TimeSpan.FromDays(15);

    /// <summary>When a case that came into a state then is due; null where the state has no deadline.</summary>
    internal DateTimeOffset? DueAfter(CaseState state, DateTimeOffset since)
    {
        var allowed = state switch
        {
            CaseState.Screened => Screened,
            CaseState.Triaged => Triaged,
            CaseState.Inspecting => Inspecting,
            CaseState.Confirmed => Confirmed,
            CaseState.Inconclusive => Inconclusive,
            CaseState.Measures => Measures,
            CaseState.ExitMonitoring => ExitMonitoring,
            CaseState.Objection => Objection,
            _ => TimeSpan.Zero, // refuted, closed and merged: nobody waits
        };
        return allowed > TimeSpan.Zero ? since + allowed : null;
    }
}
