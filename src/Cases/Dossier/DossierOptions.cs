// SPDX-License-Identifier: Apache-2.0

namespace Detector.Cases.Dossier;

/// <summary>Settings of the section <c>Cases:Dossier</c>.</summary>
public sealed class DossierOptions
{
    /// <summary>File with the private RSA key in PEM (PKCS#8 or PKCS#1, at least 3072 bits) that dossiers are signed with; empty for none.</summary>
    public string SigningKey { get; set; } = string.Empty;
}
