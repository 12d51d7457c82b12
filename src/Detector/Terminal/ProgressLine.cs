// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;

namespace Detector.Host.Terminal;

/// <summary>Progress of long work on standard error: one line that is rewritten on a terminal, a line every few seconds elsewhere.</summary>
internal sealed class ProgressLine : IDisposable
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private long _shown;
    private int _width;

    /// <summary>Shows a state of the work, unless one was shown just now.</summary>
    public void Show(string text, bool always = false)
    {
        lock (_gate)
        {
            if (!always && _shown != 0 && Stopwatch.GetElapsedTime(_shown) < (_terminal ? OnTerminal : Elsewhere))
            {
                return;
            }

            _shown = Stopwatch.GetTimestamp();
            if (_terminal)
            {
                Console.Error.Write("\r" + text.PadRight(_width));
                _width = text.Length;
            }
            else
            {
                Console.Error.WriteLine(text);
            }
        }
    }

    /// <summary>Ends the line.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_terminal && _width > 0)
            {
                Console.Error.WriteLine();
                _width = 0;
            }
        }
    }
}
