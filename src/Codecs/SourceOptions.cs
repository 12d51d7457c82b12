// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Codecs;

/// <summary>What codecs may ask of sources, and how many they remember: section <c>Codecs:Sources</c>.</summary>
public sealed class SourceOptions
{
    /// <summary>Whether a Sparkplug edge node is asked for its birth certificate (NCMD, Node Control/Rebirth) where messages of it were lost or cannot be read without.</summary>
    public bool AskForRebirth { get; set; } = true;

    /// <summary>Least time between two requests to one edge node, from 1 s to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan AskAgainAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Most sources (edge nodes and devices) that are remembered, from 1 to 1,000,000; messages of further ones go to the dead letters.</summary>
    [Range(1, 1_000_000)]
    public int MostSources { get; set; } = 20_000;

    /// <summary>Most memory that birth certificates may take, in bytes as they arrived, from 1 MiB to 4 GiB; further ones go to the dead letters.</summary>
    [Range(1L << 20, 4L << 30)]
    public long MostBirthBytes { get; set; } = 256L << 20;
}
