// SPDX-License-Identifier: Apache-2.0
namespace Detector.Metering;

/// <summary>Quantities of one meter and time that come in messages of their own, laid side by side.</summary>
/// <remarks>A meter that sends its power, its register and its voltage one by one, each with the time it measured at, says one thing in three parts.</remarks>
public static class Completion
{
    /// <summary>A reading with what another of the same meter and time gives besides; null where both give a quantity and differ in it.</summary>
    /// <remarks>Kind and interval are those of the power, or of the register where neither gives power: of what they say something. Flags add up.</remarks>
    public static Reading? Of(in Reading held, in Reading other)
    {
        if (!(Agree(held.PowerKilowatts, other.PowerKilowatts) && Agree(held.RegisterKilowattHours, other.RegisterKilowattHours)
            && Agree(held.ReactiveKilovars, other.ReactiveKilovars) && Agree(held.PowerFactor, other.PowerFactor)
            && Agree(held.Volts, other.Volts) && Agree(held.Amperes, other.Amperes)))
        {
            return null;
        }

        var (ofHeld, ofOther) = (Weight(held), Weight(other));
        if (ofHeld == ofOther && (held.Kind != other.Kind || Microseconds(held) != Microseconds(other)))
        {
            return null;
        }

        var leading = ofOther > ofHeld ? other : held;
        return held with
        {
            Kind = leading.Kind,
            Interval = leading.Interval,
            PowerKilowatts = Either(held.PowerKilowatts, other.PowerKilowatts),
            RegisterKilowattHours = Either(held.RegisterKilowattHours, other.RegisterKilowattHours),
            ReactiveKilovars = Either(held.ReactiveKilovars, other.ReactiveKilovars),
            PowerFactor = Either(held.PowerFactor, other.PowerFactor),
            Volts = Either(held.Volts, other.Volts),
            Amperes = Either(held.Amperes, other.Amperes),
            Quality = held.Quality | other.Quality,
        };
    }

    /// <summary>Whether two readings give the same quantities; flags are judgement, not values.</summary>
    public static bool SameQuantities(in Reading one, in Reading other) =>
        one.PowerKilowatts.Equals(other.PowerKilowatts)
        && one.RegisterKilowattHours.Equals(other.RegisterKilowattHours)
        && one.ReactiveKilovars.Equals(other.ReactiveKilovars)
        && one.PowerFactor.Equals(other.PowerFactor)
        && one.Volts.Equals(other.Volts)
        && one.Amperes.Equals(other.Amperes);

    private static long Microseconds(in Reading reading) => reading.Interval.Ticks / TimeSpan.TicksPerMicrosecond; // as fine as stores keep it

    private static bool Agree(double one, double other) => double.IsNaN(one) || double.IsNaN(other) || one.Equals(other);

    private static double Either(double one, double other) => double.IsNaN(one) ? other : one;

    private static int Weight(in Reading reading) => !double.IsNaN(reading.PowerKilowatts) ? 2 : !double.IsNaN(reading.RegisterKilowattHours) ? 1 : 0;
}
