// SPDX-License-Identifier: Apache-2.0
namespace Detector.Host.Hosting;

/// <summary>Where the shipped models are: beside the program, or in the checkout it was built from.</summary>
internal static class ShippedModel
{
    /// <summary>The folder that holds every model and the file <c>current</c>.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static string Root()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "models");
        return File.Exists(Path.Combine(beside, "current"))
            ? beside
            : throw new UsageException($"No shipped model: {Path.Combine(beside, "current")} is missing. Name one with --model DIR or Model:Folder, or train one with: detector train");
    }

    /// <summary>The folder of the model in use.</summary>
    public static string Folder()
    {
        var root = Root();
        return Path.Combine(root, File.ReadAllText(Path.Combine(root, "current")).Trim());
    }
}
