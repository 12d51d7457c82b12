// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Recordings;

/// <summary>The rows of one open readings file, in file order.</summary>
internal interface IReadingRows : IDisposable
{
    /// <summary>The next row; false at the end.</summary>
    /// <exception cref="ReadingsFileException">A row cannot be read.</exception>
    bool Read(out Reading reading);
}

/// <summary>What rows of every format share.</summary>
internal static class ReadingRow
{
    private const double MostIntervalSeconds = 31 * 86_400; // as the codecs have it, through which an import goes

    /// <summary>The reading of a row: the same that the JSON codec makes of the same quantities, so that an import and a replay agree.</summary>
    public static Reading Of(MeterId meter, DateTimeOffset time, double power, double reactive, double register, QualityFlags quality)
    {
        var hasPower = !double.IsNaN(power);
        var hasRegister = !double.IsNaN(register);
        return new Reading(meter, time)
        {
            Kind = hasRegister && !hasPower ? ReadingKind.Register : ReadingKind.Instantaneous,
            PowerKilowatts = power,
            ReactiveKilovars = reactive,
            RegisterKilowattHours = register,
            Quality = quality | (hasPower || hasRegister ? QualityFlags.None : QualityFlags.Missing),
        };
    }

    /// <summary>The reading with its further quantities; one that has any quantity lacks none.</summary>
    /// <param name="reading">The reading of the other columns.</param>
    /// <param name="quality">What its quality column says.</param>
    /// <param name="powerFactor">Power factor.</param>
    /// <param name="volts">Voltage in V.</param>
    /// <param name="amperes">Current in A.</param>
    public static Reading WithFurther(in Reading reading, QualityFlags quality, double powerFactor, double volts, double amperes)
    {
        var hasAny = !(double.IsNaN(reading.ReactiveKilovars) && double.IsNaN(powerFactor) && double.IsNaN(volts) && double.IsNaN(amperes));
        return reading with { PowerFactor = powerFactor, Volts = volts, Amperes = amperes, Quality = hasAny ? quality : reading.Quality };
    }

    /// <summary>The reading with what its kind and interval columns say; where they say nothing it stays as it is.</summary>
    /// <returns>Null where one of them says what cannot be; <paramref name="fault"/> then says why.</returns>
    public static Reading? WithMeaning(in Reading reading, ReadOnlySpan<char> kind, double intervalSeconds, out string fault)
    {
        var interval = double.IsNaN(intervalSeconds) ? TimeSpan.Zero : intervalSeconds is >= 0 and <= MostIntervalSeconds ? TimeSpan.FromMicroseconds(Math.Round(intervalSeconds * 1e6)) : TimeSpan.MinValue;
        fault = interval < TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"interval_s is {intervalSeconds}; it must be from 0 to {MostIntervalSeconds}") : string.Empty;
        var meant = interval > TimeSpan.Zero ? ReadingKind.IntervalMean : reading.Kind;
        if (!kind.IsEmpty && !ReadingKindNames.TryParse(kind, out meant))
        {
            fault = $"kind '{kind}' is none of {string.Join(", ", ReadingKindNames.All.Select(k => k.Name))}";
        }

        return fault.Length > 0 ? null : reading with { Kind = meant, Interval = interval };
    }

}
