// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Validation.Series;

/// <summary>Single values a thousand times their neighbours, too many for faults of transmission: some are in W and some in kW, and which is which is not settled. Values stay, marked from the first to the last.</summary>
/// <remarks>
/// Holds where values that are 1,000 times both neighbours, within a half, are more than <see cref="Spikes"/> takes out. A load may pulse, but not by a thousand; by
/// ten and by a hundred a pump over its standby does. A fall is not looked at: it is an outage.
/// </remarks>
internal sealed class MixedUnits : ISeriesRule
{
    private const double Thousandfold = 1000;
    private const double Within = 1.5;

    public string Name => "mixed_units";

    public QualityFlags Flag => QualityFlags.ScaleJump;

    public SeriesEffect Effect => SeriesEffect.Mark;

    public void Mark(SeriesSubject subject)
    {
        var power = subject.Series.PowerKilowatts;
        var (before, at, count, first, last) = (-1, -1, 0, 0, 0); // of the values over zero the two before this one
        var known = 0;
        for (var slot = 0; slot < power.Length; slot++)
        {
            if (power[slot] is not > 0)
            {
                continue;
            }

            known++;
            if (before >= 0 && IsThousandfold(power[at], power[before]) && IsThousandfold(power[at], power[slot]))
            {
                first = count++ == 0 ? at : first;
                last = at;
            }

            (before, at) = (at, slot);
        }

        if (count <= Spikes.Most(known))
        {
            return;
        }

        for (var slot = first; slot <= last; slot++)
        {
            if (!float.IsNaN(power[slot]))
            {
                subject.Mark(slot, QualityFlags.ScaleJump);
            }
        }
    }

    private static bool IsThousandfold(float value, float neighbour) => value / neighbour is > (float)(Thousandfold / Within) and < (float)(Thousandfold * Within);
}
