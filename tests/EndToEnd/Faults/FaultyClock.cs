// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Testing;

namespace Detector.EndToEnd.Faults;

/// <summary>The clock that the service sees, by libfaketime: the wall clock jumps, what measures durations does not.</summary>
internal sealed class FaultyClock
{
    private readonly string _file;
    private readonly string? _library = Requires.FindLibrary("faketime/libfaketimeMT.so.1");

    public FaultyClock(string file)
    {
        _file = file;
        Set(TimeSpan.Zero);
    }

    /// <summary>Why the clock cannot be set; null where it can.</summary>
    public string? Lacks => _library is null ? "libfaketime is not installed (Debian package libfaketime)." : null;

    /// <summary>Variables under which the service starts.</summary>
    public Dictionary<string, string> Environment => _library is null ? [] : new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = _library,
        ["FAKETIME_TIMESTAMP_FILE"] = _file,
        ["FAKETIME_NO_CACHE"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["DONT_FAKE_MONOTONIC"] = "1",
    };

    /// <summary>Sets it off the right time by so much, at once.</summary>
    public void Set(TimeSpan offset)
    {
        // Replaced as a whole, because the service reads it at any moment.
        File.WriteAllText(_file + ".new", string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.TotalSeconds):0}\n"));
        File.Move(_file + ".new", _file, overwrite: true);
    }
}
