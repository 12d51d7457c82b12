// SPDX-License-Identifier: Apache-2.0
using System.ComponentModel.DataAnnotations;

namespace Detector.Cases.Attachments;

/// <summary>Settings of the section <c>Cases:Attachments</c>.</summary>
/// <remarks>A dossier holds every attachment of its case and is made in memory, so all of a case's are bounded together, too.</remarks>
public sealed class AttachmentOptions
{
    /// <summary>Longest attachment in bytes; 1 KiB to 64 MiB.</summary>
    [Range(1 << 10, 64 << 20)]
    public int LongestBytes { get; set; } = 10 << 20;

    /// <summary>Most attachments of a case, 0 to 1000; 0 takes none.</summary>
    [Range(0, 1000)]
    public int MostOfCase { get; set; } = 50;

    /// <summary>Most bytes of all attachments of a case together; 1 KiB to 512 MiB.</summary>
    [Range(1 << 10, 512 << 20)]
    public long MostBytesOfCase { get; set; } = 100 << 20;
}
