// SPDX-License-Identifier: Apache-2.0
using System.Net.Sockets;
using Detector.Host.Configuration;
using Detector.Journal;
using Microsoft.AspNetCore.Connections;

namespace Detector.Host.Hosting;

/// <summary>Starts the service, and says of what stands in the way which setting it is about and what mends it.</summary>
internal static class StartUp
{
    /// <summary>Refuses a data folder that another process has open, before anything of it is opened here.</summary>
    /// <exception cref="UsageException">It is in use.</exception>
    public static void RefuseFolderInUse(Settings settings)
    {
        if (JournalInspection.IsInUse(settings.Journal.Folder))
        {
            throw InUse(settings);
        }
    }

    /// <summary>Starts a service that is built.</summary>
    /// <exception cref="UsageException">The data folder is in use.</exception>
    /// <exception cref="IOException">A port cannot be listened on.</exception>
    public static async Task RunAsync(WebApplication app, Settings settings, CancellationToken cancel)
    {
        try
        {
            await StartOrStopAsync(app, cancel);
        }
        catch (JournalInUseException)
        {
            throw InUse(settings); // another began between the look and the start
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new IOException($"Http:Listen (--http) is {settings.Http.Listen}, which another program has. Stop that one, or choose another port.", taken);
        }
        catch (SocketException refused)
        {
            // The broker's own end point is named where it is opened; what is left is the one of HTTP.
            throw new IOException($"Http:Listen (--http) is {settings.Http.Listen}, which cannot be listened on: {refused.Message}. Choose another address or port.", refused);
        }
    }

    private static async Task StartOrStopAsync(WebApplication app, CancellationToken cancel)
    {
        try
        {
            await app.StartAsync(cancel);
        }
        catch
        {
            await app.StopAsync(CancellationToken.None); // else the host takes parts that are cancelled as it is disposed of for faulty ones, and logs their stacks
            throw;
        }
    }

    private static UsageException InUse(Settings settings) => new($"A service runs on {settings.Data.Folder}; stop it first, or give this one a --data of its own.");
}
