// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using System.Text.Json;

namespace Detector.Web.Views;

/// <summary>The reports that <c>detector backtest</c> wrote: those in the folder of backtests, and those beside a model.</summary>
/// <remarks>Files are looked for when somebody looks, and read again when they changed. What cannot be read is listed as such.</remarks>
/// <param name="options">Names the folders.</param>
internal sealed class BacktestShelf(WebOptions options)
{
    /// <summary>Most reports that are listed, the newest.</summary>
    internal const int MostReports = 50;

    private const string FileName = "backtest.json";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, MaxRecursionDepth = 4, IgnoreInaccessible = true };

    private readonly ConcurrentDictionary<string, (DateTime Written, long Bytes, BacktestReport? Report)> _read = new(StringComparer.Ordinal);

    /// <summary>The newest reports, newest first.</summary>
    public IReadOnlyList<ShelvedBacktest> List()
    {
        var files = new[] { ("backtests", options.BacktestsFolder), ("models", options.ModelsFolder) }
            .Where(root => root.Item2 is { Length: > 0 } folder && Directory.Exists(folder))
            .SelectMany(root => new DirectoryInfo(root.Item2!).EnumerateFiles(FileName, Below).Select(file => (Id: IdOf(root.Item1, root.Item2!, file), File: file)))
            .DistinctBy(f => f.File.FullName, StringComparer.Ordinal)
            .OrderByDescending(f => f.File.LastWriteTimeUtc).ThenBy(f => f.Id, StringComparer.Ordinal)
            .Take(MostReports)
            .ToArray();
        foreach (var gone in _read.Keys.Except(files.Select(f => f.File.FullName), StringComparer.Ordinal).ToArray())
        {
            _read.TryRemove(gone, out _);
        }

        return [.. files.Select(f => new ShelvedBacktest(f.Id, f.File.FullName, new DateTimeOffset(f.File.LastWriteTimeUtc, TimeSpan.Zero), Read(f.File)))];
    }

    /// <summary>The meters on which a report's models differ, those that gain a case first; empty where it cannot be read.</summary>
    public static IReadOnlyList<BacktestChange> ChangesOf(ShelvedBacktest shelved) => Parse<Changes>(shelved.Path)?.Changed ?? [];

    private static string IdOf(string root, string folder, FileInfo file) =>
        Path.GetRelativePath(folder, file.DirectoryName!).Replace('\\', '/') is var below && below == "." ? root : $"{root}/{below}";

    /// <summary>What a report says as a whole, without its long list of meters.</summary>
    private BacktestReport? Read(FileInfo file)
    {
        if (_read.TryGetValue(file.FullName, out var known) && known.Written == file.LastWriteTimeUtc && known.Bytes == file.Length)
        {
            return known.Report;
        }

        var report = Parse<BacktestReport>(file.FullName);
        var whole = report is { InUse: not null, Candidate: not null, Moves: not null } ? report : null;
        _read[file.FullName] = (file.LastWriteTimeUtc, file.Length, whole);
        return whole;
    }

    private static T? Parse<T>(string path)
        where T : class
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<T>(file, Json);
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            return null; // being written, taken away, or no report: the next look finds out
        }
    }

    private sealed record Changes(IReadOnlyList<BacktestChange>? Changed);
}

/// <summary>A report of the shelf.</summary>
/// <param name="Id">Where it lies, below the folder of backtests or of models.</param>
/// <param name="Path">The file.</param>
/// <param name="Written">When it was written, UTC.</param>
/// <param name="Report">What it says; null where it cannot be read.</param>
internal sealed record ShelvedBacktest(string Id, string Path, DateTimeOffset Written, BacktestReport? Report);

/// <summary>Two models on the same history, as <c>backtest.json</c> says it.</summary>
public sealed record BacktestReport(
    DateTimeOffset From, DateTimeOffset To, double EveryDays, int Meters, BacktestSide InUse, BacktestSide Candidate, IReadOnlyList<BacktestMove> Moves);

/// <summary>What one model would have raised.</summary>
public sealed record BacktestSide(
    string Model, int Looks, double? InsufficientShare, int Cases, double? CasesPerWeek, int Watched, string FalseDiscovery, string FalseDiscoveryZh, BacktestLabelled? Labelled);

/// <summary>Held against labels, with 90 % intervals; a figure that does not exist is null.</summary>
public sealed record BacktestLabelled(
    int Meters, int Mining, int Right, int Wrong, BacktestEstimate? Precision, BacktestEstimate? Recall, BacktestEstimate? F1, BacktestEstimate? FalsePerThousandSiteYears,
    double? HonestSiteYears, double? MedianDaysToCase);

/// <summary>A figure with its interval.</summary>
public sealed record BacktestEstimate(double? Value, double? Low, double? High);

/// <summary>How many meters have one verdict by the model in use and another, or the same, by the candidate.</summary>
public sealed record BacktestMove(string InUse, string Candidate, int Meters);

/// <summary>A meter on which the two differ.</summary>
public sealed record BacktestChange(
    string Meter, string Site, DateTimeOffset At, string InUse, string Candidate, int Differing, int Looks, bool? Mines, IReadOnlyList<BacktestGroup> Groups, string Text, string TextZh)
{
    /// <summary>Names of what becomes of a meter, the gravest first.</summary>
    internal static IReadOnlyList<string> Kinds { get; } = ["gains", "loses", "other"];

    /// <summary>Whether it gains a case, loses one, or changes otherwise.</summary>
    internal string Kind => Candidate == "case" ? "gains" : InUse == "case" ? "loses" : "other";
}

/// <summary>The weight of a group of evidence by both, in log-odds; positive speaks for mining.</summary>
public sealed record BacktestGroup(string Group, double InUse, double Candidate);
