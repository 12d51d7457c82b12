// SPDX-License-Identifier: Apache-2.0
using System.Net.Sockets;
using Detector.Analysis;
using Detector.Cases.Stores;
using Detector.Intake;
using Detector.Intake.Tls;
using Detector.Recordings;
using Detector.Timeline;

namespace Detector.Host;

/// <summary>Turns what went wrong into a sentence on standard error and an exit code.</summary>
internal static class Faults
{
    /// <summary>Set to see where a fault came from.</summary>
    private const string TraceVariable = "DETECTOR_TRACE";

    public static int Report(Exception fault)
    {
        if (fault is AggregateException { InnerExceptions: [var only] })
        {
            fault = only;
        }

        if (fault is OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped.");
            return ExitCode.Failed;
        }

        var code = CodeOf(fault);
        Console.Error.WriteLine(fault.Message);
        if (code == ExitCode.Failed && fault is not IOException)
        {
            Console.Error.WriteLine($"({fault.GetType().Name}; set {TraceVariable}=1 to see where it came from)");
        }

        if (Environment.GetEnvironmentVariable(TraceVariable) == "1")
        {
            Console.Error.WriteLine(fault);
        }

        return code;
    }

    private static int CodeOf(Exception fault) => fault switch
    {
        UsageException or ReadingsFileException or TableFileException or TimelineConfigurationException or AnalysisException or CertificateException => ExitCode.Usage,
        FileNotFoundException or DirectoryNotFoundException or InvalidDataException or FormatException => ExitCode.Usage,
        TimelineUnavailableException or CaseStoreUnavailableException or BrokerUnreachableException or SocketException or HttpRequestException => ExitCode.Unreachable,
        _ => ExitCode.Failed,
    };
}
