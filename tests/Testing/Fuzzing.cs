// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace Detector.Testing;

/// <summary>How long fuzz tests run and where they begin: some thousand inputs in every run, a million by <c>./dev fuzz</c>.</summary>
public static class Fuzzing
{
    /// <summary>Inputs of each target.</summary>
    public const string InputsVariable = "DETECTOR_FUZZ_INPUTS";

    /// <summary>Seed of the inputs; the same seed gives the same inputs.</summary>
    public const string SeedVariable = "DETECTOR_FUZZ_SEED";

    /// <summary>Seed of this run.</summary>
    public static int Seed => Number(SeedVariable, 20260101);

    /// <summary>Inputs of this run.</summary>
    /// <param name="everyday">In everyday runs.</param>
    public static int Inputs(int everyday) => Number(InputsVariable, everyday);

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
