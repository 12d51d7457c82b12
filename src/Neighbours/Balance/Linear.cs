// SPDX-License-Identifier: Apache-2.0
namespace Detector.Neighbours;

/// <summary>Small symmetric systems.</summary>
internal static class Linear
{
    /// <summary>The inverse of a positive definite matrix by Gauss and Jordan; the prior on its diagonal keeps it regular.</summary>
    public static double[][] Inverse(double[][] matrix)
    {
        var n = matrix.Length;
        double[][] a = [.. matrix.Select(row => (double[])row.Clone())];
        var inverse = Square(n);
        for (var i = 0; i < n; i++)
        {
            inverse[i][i] = 1;
        }

        for (var pivot = 0; pivot < n; pivot++)
        {
            var scale = 1 / a[pivot][pivot];
            for (var j = 0; j < n; j++)
            {
                a[pivot][j] *= scale;
                inverse[pivot][j] *= scale;
            }

            for (var i = 0; i < n; i++)
            {
                var factor = i == pivot ? 0 : a[i][pivot];
                for (var j = 0; j < n && factor != 0; j++)
                {
                    a[i][j] -= factor * a[pivot][j];
                    inverse[i][j] -= factor * inverse[pivot][j];
                }
            }
        }

        return inverse;
    }

    /// <summary>A square of zeros.</summary>
    public static double[][] Square(int size) => [.. Enumerable.Range(0, size).Select(_ => new double[size])];
}
