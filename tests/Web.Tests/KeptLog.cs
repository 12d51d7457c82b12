// SPDX-License-Identifier: Apache-2.0
using Microsoft.Extensions.Logging.Abstractions;

namespace Detector.Web.Tests;

/// <summary>Keeps what a page of the console failed with, which the person before it never sees.</summary>
internal sealed class KeptLog(Action<string> keep) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName)
        => categoryName.StartsWith("Microsoft.AspNetCore.Components", StringComparison.Ordinal) ? new Keeper(keep) : NullLogger.Instance;

    public void Dispose()
    {
    }

    private sealed class Keeper(Action<string> keep) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && exception is not null)
            {
                keep($"{formatter(state, exception)} {exception}");
            }
        }
    }
}
