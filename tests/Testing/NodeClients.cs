// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;

namespace Detector.Testing;

/// <summary>Scripts with their npm packages of a lock file, installed into a temporary folder and run by node. Skipped where node, npm or the registry is absent.</summary>
public sealed class NodeClients : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _node;

    private NodeClients(string node) => _node = node;

    /// <summary>Copies a folder with <c>package.json</c>, <c>package-lock.json</c> and scripts (JavaScript, or TypeScript to be compiled), and installs exactly what the lock file names.</summary>
    public static async Task<NodeClients> InstallAsync(string folder)
    {
        var node = Requires.Program("node", "nodejs");
        var npm = Requires.Program("npm", "npm");
        var clients = new NodeClients(node);
        foreach (var file in Directory.EnumerateFiles(folder).Where(f => Path.GetExtension(f) is ".js" or ".ts" or ".json"))
        {
            File.Copy(file, clients._folder.In(Path.GetFileName(file)));
        }

        // Scripts of packages are not run: none of these needs any.
        var (code, output) = await RunAsync(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], clients._folder.Path, TimeSpan.FromMinutes(5));
        if (code != 0)
        {
            clients.Dispose();
            Requires.Lacking($"npm could not install the packages of {folder} (is the registry reachable?):\n{output}");
        }

        return clients;
    }

    /// <summary>A path for a file of the test's own.</summary>
    public string In(string name) => _folder.In(name);

    /// <summary>Runs a script to its end; its exit code and both its streams.</summary>
    public Task<(int Code, string Output)> RunAsync(string script, params string[] arguments) =>
        RunAsync(_node, [_folder.In(script), .. arguments], _folder.Path, TimeSpan.FromMinutes(2));

    /// <summary>Starts a script that runs until it is ended, as a server does.</summary>
    /// <param name="script">Path of the script in the folder; a package's own too.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="arguments">What it is called with.</param>
    public ServerProcess Start(string script, IDictionary<string, string> environment, params string[] arguments) =>
        ServerProcess.Start(_node, [_folder.In(script), .. arguments], environment, _folder.Path);

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, string folder, TimeSpan within)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        using var process = Process.Start(info)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(within);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"It did not end within {within}: {await output}{await errors}");
        }

        return (process.ExitCode, await output + await errors);
    }
}
