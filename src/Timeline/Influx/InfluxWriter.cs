// SPDX-License-Identifier: Apache-2.0
using System.Net;

namespace Detector.Timeline.Influx;

/// <summary>Writes the accepted readings of a batch in requests of bounded size and finds the points that are refused.</summary>
/// <remarks>
/// A request that is refused in part is settled by the lines the answer names; where it names none, by halves: the points are
/// idempotent, so writing those that were kept once more changes nothing. Costs about 2 log2(n) requests a refused point, and one for
/// a request in which all are refused. Several requests are on their way at a time, so that the server never waits for one to be made.
/// </remarks>
internal sealed class InfluxWriter(InfluxClient client, InfluxOptions options)
{
    private const int Lanes = 4;

    private readonly LineBuffer?[] _lines = new LineBuffer?[Lanes];

    /// <summary>Writes; refusals are noted in the batch.</summary>
    public async Task WriteAsync(SplitBatch split, CancellationToken cancel)
    {
        var sending = new Task[Lanes];
        Array.Fill(sending, Task.CompletedTask);
        try
        {
            for (var (first, lane) = (0, 0); first < split.ToWrite.Count; first += options.BatchSize, lane = (lane + 1) % Lanes)
            {
                await sending[lane];
                sending[lane] = WriteAsync(split, split.ToWrite.GetRange(first, Math.Min(options.BatchSize, split.ToWrite.Count - first)), lane, cancel);
            }

            await Task.WhenAll(sending);
        }
        finally
        {
            await Task.WhenAll(sending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // the batch is used again: nobody may write of it any more
        }
    }

    private async Task WriteAsync(SplitBatch split, List<int> indices, int lane, CancellationToken cancel)
    {
        if (indices.Count == 0)
        {
            return;
        }

        var answer = await SendAsync(split, indices, lane, cancel);
        if (answer.Accepted)
        {
            return;
        }

        if (!InfluxRefusal.ConcernsPoints(answer.Status))
        {
            throw new TimelineConfigurationException(
                $"Timeline:Influx: the server does not take writes to '{options.Database}' ({(int)answer.Status}): {answer.Text}");
        }

        await SettleAsync(split, indices, InfluxRefusal.Read(answer.Text), answer.Status, lane, cancel);
    }

    private async Task SettleAsync(SplitBatch split, List<int> indices, InfluxRefusal refusal, HttpStatusCode status, int lane, CancellationToken cancel)
    {
        var named = refusal.Lines.Where(line => line.Key >= 0 && line.Key < indices.Count).ToList();
        if (named.Count > 0)
        {
            foreach (var (line, why) in named)
            {
                split.Refuse(indices[line], why);
            }

            await WriteAsync(split, [.. indices.Where((_, line) => !refusal.Lines.ContainsKey(line))], lane, cancel);
        }
        else if (indices.Count == 1 || (refusal.Dropped == indices.Count && status != HttpStatusCode.RequestEntityTooLarge))
        {
            indices.ForEach(index => split.Refuse(index, refusal.Why));
        }
        else
        {
            var half = indices.Count / 2;
            await WriteAsync(split, indices.GetRange(0, half), lane, cancel);
            await WriteAsync(split, indices.GetRange(half, indices.Count - half), lane, cancel);
        }
    }

    private async Task<InfluxAnswer> SendAsync(SplitBatch split, List<int> indices, int lane, CancellationToken cancel)
    {
        // The lane's memory is given back when the server has taken it; after anything else the lane gets another, since parts of the request may still be on their way.
        var lines = _lines[lane] ?? new LineBuffer();
        _lines[lane] = null;
        lines.Clear();
        foreach (var index in indices)
        {
            LineProtocol.Append(lines, split.Microseconds[index], split.Written(index));
        }

        var answer = await client.WriteAsync(lines.Written, cancel);
        if (answer.Status == HttpStatusCode.NotFound && options.Token.Length == 0 && InfluxRefusal.SaysNoDatabase(answer.Text))
        {
            await client.CreateDatabaseAsync(cancel);
            answer = await client.WriteAsync(lines.Written, cancel);
        }

        _lines[lane] = answer.Accepted ? lines : null;
        return answer;
    }
}
