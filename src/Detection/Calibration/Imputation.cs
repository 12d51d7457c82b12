// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Calibration;

/// <summary>Fills in unknown features before a tree sees them.</summary>
/// <remarks>
/// An unknown value becomes the honest median: not knowing must not look like mining, and trees must not learn which
/// meters have gaps.
/// </remarks>
internal static class Imputation
{
    public static float[] Fill(ReadOnlySpan<float> values, IReadOnlyList<FeatureReference> honest)
    {
        var filled = values.ToArray();
        for (var i = 0; i < filled.Length; i++)
        {
            filled[i] = float.IsNaN(filled[i]) ? (float)honest[i].Middle : filled[i];
        }

        return filled;
    }
}
