// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Detector.Intake.Clients;

/// <summary>The file of clients and their hashed passwords: a line a client, <c>NAME:pbkdf2-sha512:ITERATIONS:SALT:HASH</c>; <c>#</c> begins a comment.</summary>
public sealed class ClientsFile
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "mqtt-clients";

    private const int GeneratedBytes = 24; // 192 bits
    private const int LeastChosen = 12;

    private readonly SortedDictionary<string, PasswordHash> _clients = new(StringComparer.Ordinal);

    private ClientsFile()
    {
    }

    /// <summary>Iterations of the costliest password in it; of a generated one where there is none.</summary>
    internal int MostIterations { get; private set; } = PasswordHash.GeneratedIterations;

    /// <summary>Names of the clients, in order.</summary>
    public IReadOnlyCollection<string> Names => _clients.Keys;

    /// <summary>Reads a file; one that is not there holds no client.</summary>
    /// <exception cref="InvalidDataException">A line is not of the form above; the message names file and line.</exception>
    public static ClientsFile Read(string path)
    {
        var file = new ClientsFile();
        if (!File.Exists(path))
        {
            return file;
        }

        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var at = line.IndexOf(':', StringComparison.Ordinal);
            if (at <= 0 || ClientName.Fault(line[..at]) is not null || PasswordHash.Parse(line[(at + 1)..]) is not { } hash)
            {
                throw new InvalidDataException($"{path}:{number}: not NAME:pbkdf2-sha512:ITERATIONS:SALT:HASH. Mend or remove the line; 'detector clients add NAME' writes a new one.");
            }

            file._clients[line[..at]] = hash;
            file.MostIterations = Math.Max(file.MostIterations, hash.Iterations);
        }

        return file;
    }

    /// <summary>Adds a client or gives it a new password, and writes the file.</summary>
    /// <param name="path">The file; made where it is missing, readable by its owner alone.</param>
    /// <param name="name">The client's name.</param>
    /// <param name="chosen">Its password, of at least 12 characters; null to make one.</param>
    /// <returns>The password that was made; null where one was chosen.</returns>
    /// <exception cref="ArgumentException">Name or password cannot be used; the message says why, without the password.</exception>
    public static string? Add(string path, string name, string? chosen)
    {
        if (ClientName.Fault(name) is { } fault)
        {
            throw new ArgumentException($"'{name}' cannot be a client's name: {fault}.");
        }

        if (chosen is { Length: < LeastChosen })
        {
            throw new ArgumentException($"The password has fewer than {LeastChosen} characters.");
        }

        var password = chosen ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(GeneratedBytes));
        var file = Read(path);
        file._clients[name] = PasswordHash.Make(Encoding.UTF8.GetBytes(password), chosen is null ? PasswordHash.GeneratedIterations : PasswordHash.ChosenIterations);
        file.Write(path);
        return chosen is null ? password : null;
    }

    /// <summary>Removes a client and writes the file; whether there was one.</summary>
    public static bool Remove(string path, string name)
    {
        var file = Read(path);
        if (!file._clients.Remove(name))
        {
            return false;
        }

        file.Write(path);
        return true;
    }

    internal PasswordHash? Find(string name) => _clients.GetValueOrDefault(name);

    private void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = path + ".part";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(temporary, options))
        {
            writer.WriteLine("# Clients of the embedded broker; written by: detector clients add NAME");
            foreach (var (name, hash) in _clients)
            {
                writer.WriteLine($"{name}:{hash}");
            }

            writer.Flush();
            ((FileStream)writer.BaseStream).Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
