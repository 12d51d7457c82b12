// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Detector.Pipeline;

/// <summary>Looks every few seconds whether somebody has edited the register's file.</summary>
internal sealed class RegisterService(RegisterFile register, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<RegisterService> logger)
    : PipelineService("register", time, lifetime, logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    protected override async Task WorkAsync(CancellationToken cancel)
    {
        while (true)
        {
            await register.RefreshAsync(cancel);
            await Task.Delay(Every, Time, cancel);
        }
    }
}
