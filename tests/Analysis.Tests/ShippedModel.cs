// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Training;
using Detector.Detection;
using Detector.Testing;

namespace Detector.Analysis.Tests;

/// <summary>The model in use, as the repository ships it.</summary>
internal static class ShippedModel
{
    private static readonly Lazy<DetectorModel> Loaded = new(() => DetectorModel.Load(Folder));

    private static readonly string Models = Path.Combine(Requires.Repository(), "models");

    /// <summary>What the file <c>current</c> names.</summary>
    public static string Id => File.ReadAllText(Path.Combine(Models, TrainingRun.CurrentFile)).Trim();

    /// <summary>Its folder.</summary>
    public static string Folder => Path.Combine(Models, Id);

    /// <summary>The model, loaded once.</summary>
    public static DetectorModel Value => Loaded.Value;
}
