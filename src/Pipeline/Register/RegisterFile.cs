// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using Detector.Metering;
using Detector.Recordings;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline;

/// <summary>What became of a register that somebody wants to put in force. One of <see cref="Faults"/> and <see cref="Change"/> is there, or neither where it is not at the version named.</summary>
/// <param name="Faults">What is wrong with it, by line and column; empty where nothing is.</param>
/// <param name="Change">What it changes.</param>
/// <param name="Version">The version in force after the call; null where nothing was ever put in force.</param>
public sealed record RegisterAnswer(IReadOnlyList<string> Faults, RegisterChange? Change, RegisterVersion? Version);

/// <summary>The register's file: replaced whole by people and programs while the service runs, or edited by hand; every version that comes into force is kept.</summary>
/// <remarks>A register with faults never comes into force: the one before holds on, and what is wrong is said.</remarks>
public sealed class RegisterFile(string path, RegisterVersions versions, RegistryHolder holder, TimeProvider time, ILogger<RegisterFile> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private Stamp? _inForce;
    private Stamp? _seen;
    private bool _started;

    /// <summary>Every register that was in force, oldest first.</summary>
    public IReadOnlyList<RegisterVersion> Versions => versions.All();

    /// <summary>The one in force; null where nothing was ever put in force.</summary>
    public RegisterVersion? Version => versions.Latest();

    /// <summary>Writes rows as the sites file.</summary>
    public static void Write(TextWriter text, IEnumerable<MeterRegistration> rows) => SitesFile.Write(text, rows);

    /// <summary>Replaces the register.</summary>
    /// <param name="csv">The sites file.</param>
    /// <param name="by">Who replaces it.</param>
    /// <param name="expected">SHA-256 of the version that must be in force; null for whichever.</param>
    /// <param name="tryOnly">Whether it is only said what would change.</param>
    /// <param name="cancel">Gives up before anything is changed.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public async Task<RegisterAnswer> PutAsync(Stream csv, string by, string? expected, bool tryOnly, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(csv);
        await _one.WaitAsync(cancel);
        var incoming = path + ".incoming";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!); // a register may be there before the first reading
            await using (var file = File.Create(incoming))
            {
                await csv.CopyToAsync(file, cancel);
                await file.FlushAsync(cancel);
                RandomAccess.FlushToDisk(file.SafeFileHandle);
            }

            var current = versions.Latest();
            if (expected is not null && expected != current?.Sha256)
            {
                return new RegisterAnswer([], null, current);
            }

            var register = new SiteRegistry(SitesFile.Read(incoming));
            var change = RegisterChange.Of(holder.Current, register);
            if (tryOnly)
            {
                return new RegisterAnswer([], change, current);
            }

            var version = versions.Keep(incoming, HashOf(incoming), register, by, time.GetUtcNow());
            File.Move(incoming, path, overwrite: true);
            _inForce = _seen = Stamp.Of(path);
            _started = true;
            holder.Replace(register);
            Say(version);
            return new RegisterAnswer([], change, version);
        }
        catch (TableFileException faulty)
        {
            if (!tryOnly)
            {
                PipelineMetrics.Register(taken: false);
            }

            return new RegisterAnswer(faulty.Faults, null, versions.Latest());
        }
        finally
        {
            File.Delete(incoming);
            _one.Release();
        }
    }

    /// <summary>Takes the file where it was changed by somebody else and is left alone since the last call; says whether it did.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var (stamp, first) = (Stamp.Of(path), !_started);
            var settled = stamp == _seen; // else an editor may be in the middle of it
            (_seen, _started) = (stamp, true);
            if (stamp is null || stamp == _inForce || !(settled || first))
            {
                return false;
            }

            return Take(stamp, first);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _one.Dispose();

    private bool Take(Stamp stamp, bool first)
    {
        try
        {
            var hash = HashOf(path);
            var last = versions.Latest();
            var isKept = last?.Sha256 == hash; // another process may have put it
            if (first && isKept)
            {
                _inForce = stamp;
                return false;
            }

            var register = new SiteRegistry(SitesFile.Read(path));
            var version = isKept ? last! : versions.Keep(path, hash, register, RegisterVersions.ByHand, time.GetUtcNow());
            if (!first)
            {
                holder.Replace(register); // at the start it is in force already
            }

            _inForce = stamp;
            Say(version);
            return true;
        }
        catch (Exception fault) when (fault is TableFileException or IOException or UnauthorizedAccessException)
        {
            PipelineMetrics.Register(taken: false);
            _inForce = fault is TableFileException ? stamp : _inForce; // what could not be read may be readable the next time, unchanged
            Log.RegisterRefused(logger, fault.Message);
            return false;
        }
    }

    private void Say(RegisterVersion version)
    {
        PipelineMetrics.Register(taken: true);
        Log.RegisterTaken(logger, version.Meters, version.Rows, version.By, version.Sha256);
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private sealed record Stamp(DateTime Written, long Bytes)
    {
        public static Stamp? Of(string path) => new FileInfo(path) is { Exists: true } file ? new Stamp(file.LastWriteTimeUtc, file.Length) : null;
    }
}
