// SPDX-License-Identifier: Apache-2.0
namespace Detector.Web;

/// <summary>Anchor of the texts that people read in the console: <c>Resources/UiText.resx</c>, and one file a further language.</summary>
public sealed class UiText;
