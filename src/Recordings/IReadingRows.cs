// SPDX-License-Identifier: Apache-2.0
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
}
