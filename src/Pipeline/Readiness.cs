// SPDX-License-Identifier: Apache-2.0
namespace Detector.Pipeline;

/// <summary>State of one part of the service.</summary>
/// <param name="Part">Name, such as <c>journal</c> or <c>timeline</c>.</param>
/// <param name="Ready">Whether it does its work now.</param>
/// <param name="Detail">What it does, or what is wrong and what to mend.</param>
public sealed record PartState(string Part, bool Ready, string Detail);

/// <summary>Can be asked for the state of every part.</summary>
public interface IReadiness
{
    /// <summary>Every part, in the order of the data path.</summary>
    IReadOnlyList<PartState> Parts();
}

/// <summary>Readiness gathered from one question a part; a question that throws is an answer: not ready.</summary>
public sealed class Readiness(IEnumerable<Func<PartState>> questions) : IReadiness
{
    private readonly Func<PartState>[] _questions = [.. questions];

    /// <inheritdoc />
    public IReadOnlyList<PartState> Parts() => Array.ConvertAll(_questions, Ask);

    private static PartState Ask(Func<PartState> question)
    {
        try
        {
            return question();
        }
        catch (ObjectDisposedException gone)
        {
            return new PartState(gone.ObjectName, false, "stopped");
        }
    }
}
