// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging;

namespace Detector.Intake.Clients;

/// <summary>The clients file as it is now: read again when it changes, so that a client added beside a running service is known at once.</summary>
/// <remarks>A file that has become unreadable is logged, and what was known before stays.</remarks>
internal sealed class ClientStore
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private ClientsFile _clients;
    private (DateTime Written, long Bytes) _seen;

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">It holds a line that is none.</exception>
    public ClientStore(string path, ILogger logger)
    {
        _path = path;
        _logger = logger;
        _seen = Look();
        _clients = path.Length > 0 ? ClientsFile.Read(path) : ClientsFile.Read(string.Empty);
    }

    /// <summary>Whether it holds any client.</summary>
    public bool HasAny => Current().Names.Count > 0;

    /// <summary>The password of a client; null where it is not known.</summary>
    public PasswordHash? Find(string name) => Current().Find(name);

    /// <summary>Iterations of the costliest password that is kept; of a generated one where none is.</summary>
    public int MostIterations => Current().MostIterations;

    private ClientsFile Current()
    {
        lock (_gate)
        {
            var now = Look();
            if (now != _seen)
            {
                _seen = now;
                try
                {
                    _clients = ClientsFile.Read(_path);
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
                {
                    Log.ClientsNotRead(_logger, fault.Message);
                }
            }

            return _clients;
        }
    }

    private (DateTime Written, long Bytes) Look()
    {
        var file = _path.Length > 0 ? new FileInfo(_path) : null;
        return file is { Exists: true } ? (file.LastWriteTimeUtc, file.Length) : default;
    }
}
