// SPDX-License-Identifier: Apache-2.0
using System.Net;

namespace Detector.Timeline.Influx;

/// <summary>Writes the accepted readings of a batch in requests of bounded size and finds the points that are refused.</summary>
/// <remarks>
/// A request that is refused in part is settled by the lines the answer names; where it names none, by halves: the points are
/// idempotent, so writing those that were kept once more changes nothing. Costs about 2 log2(n) requests a refused point, and one for
/// a request in which all are refused.
/// </remarks>
internal sealed class InfluxWriter(InfluxClient client, InfluxOptions options)
{
    private readonly LineBuffer _lines = new();

    /// <summary>Writes; refusals are noted in the batch.</summary>
    public async Task WriteAsync(SplitBatch split, CancellationToken cancel)
    {
        for (var first = 0; first < split.ToWrite.Count; first += options.BatchSize)
        {
            await WriteAsync(split, split.ToWrite.GetRange(first, Math.Min(options.BatchSize, split.ToWrite.Count - first)), cancel);
        }
    }

    private async Task WriteAsync(SplitBatch split, List<int> indices, CancellationToken cancel)
    {
        if (indices.Count == 0)
        {
            return;
        }

        var answer = await SendAsync(split, indices, cancel);
        if (answer.Accepted)
        {
            return;
        }

        if (!InfluxRefusal.ConcernsPoints(answer.Status))
        {
            throw new TimelineConfigurationException(
                $"Timeline:Influx: the server does not take writes to '{options.Database}' ({(int)answer.Status}): {answer.Text}");
        }

        await SettleAsync(split, indices, InfluxRefusal.Read(answer.Text), answer.Status, cancel);
    }

    private async Task SettleAsync(SplitBatch split, List<int> indices, InfluxRefusal refusal, HttpStatusCode status, CancellationToken cancel)
    {
        var named = refusal.Lines.Where(line => line.Key >= 0 && line.Key < indices.Count).ToList();
        if (named.Count > 0)
        {
            foreach (var (line, why) in named)
            {
                split.Refuse(indices[line], why);
            }

            await WriteAsync(split, [.. indices.Where((_, line) => !refusal.Lines.ContainsKey(line))], cancel);
        }
        else if (indices.Count == 1 || (refusal.Dropped == indices.Count && status != HttpStatusCode.RequestEntityTooLarge))
        {
            indices.ForEach(index => split.Refuse(index, refusal.Why));
        }
        else
        {
            var half = indices.Count / 2;
            await WriteAsync(split, indices.GetRange(0, half), cancel);
            await WriteAsync(split, indices.GetRange(half, indices.Count - half), cancel);
        }
    }

    private async Task<InfluxAnswer> SendAsync(SplitBatch split, List<int> indices, CancellationToken cancel)
    {
        _lines.Clear();
        foreach (var index in indices)
        {
            LineProtocol.Append(_lines, split.Microseconds[index], split.Batch.Span[index]);
        }

        var answer = await client.WriteAsync(_lines.Written, cancel);
        if (answer.Status == HttpStatusCode.NotFound && options.Token.Length == 0 && InfluxRefusal.SaysNoDatabase(answer.Text))
        {
            await client.CreateDatabaseAsync(cancel);
            answer = await client.WriteAsync(_lines.Written, cancel);
        }

        return answer;
    }
}
