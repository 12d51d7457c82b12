// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.Spectrum;

/// <summary>Fast Fourier transform, radix 2, in place (Cooley and Tukey, 1965).</summary>
internal static class Fourier
{
    /// <summary>Transforms <paramref name="re"/> + i <paramref name="im"/>; the length is a power of two.</summary>
    public static void Transform(Span<double> re, Span<double> im)
    {
        Reverse(re, im);
        for (var size = 2; size <= re.Length; size *= 2)
        {
            var angle = -2 * Math.PI / size;
            var half = size / 2;
            var (stepIm, stepRe) = Math.SinCos(angle);
            for (var start = 0; start < re.Length; start += size)
            {
                double wr = 1, wi = 0;
                for (var k = start; k < start + half; k++)
                {
                    var tr = (wr * re[k + half]) - (wi * im[k + half]);
                    var ti = (wr * im[k + half]) + (wi * re[k + half]);
                    re[k + half] = re[k] - tr;
                    im[k + half] = im[k] - ti;
                    re[k] += tr;
                    im[k] += ti;
                    (wr, wi) = ((wr * stepRe) - (wi * stepIm), (wr * stepIm) + (wi * stepRe));
                }
            }
        }
    }

    private static void Reverse(Span<double> re, Span<double> im)
    {
        for (int i = 1, j = 0; i < re.Length; i++)
        {
            var bit = re.Length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (re[i], re[j]) = (re[j], re[i]);
                (im[i], im[j]) = (im[j], im[i]);
            }
        }
    }
}
