// SPDX-License-Identifier: Apache-2.0
using Detector.Analysis.Corpora;
using Detector.Analysis.Evaluation;

namespace Detector.Analysis.Changes;

/// <summary>The honest loads of a source held out into which something is put, judged one beside the other.</summary>
/// <param name="loads">Recorded loads of every source.</param>
/// <param name="source">The source held out.</param>
/// <param name="sizes">How many hosts of each site.</param>
internal sealed class JudgedHosts(IEnumerable<RecordedLoad> loads, string source, ChangeSizes sizes)
{
    /// <summary>What was judged on every host, in the order of the hosts.</summary>
    /// <param name="what">What is judged, for who watches it.</param>
    /// <param name="judge">Judges one host; called by several threads.</param>
    /// <param name="threads">So many hosts at once.</param>
    /// <param name="progress">Told after each host.</param>
    /// <param name="cancel">Ends it.</param>
    public IReadOnlyList<JudgedWindow> Judge(string what, Func<ChangeHost, IEnumerable<JudgedWindow>> judge, int threads, IProgress<AnalysisProgress>? progress, CancellationToken cancel)
    {
        ChangeHost[] hosts = [.. ChangeHost.Judged(loads.Where(l => l.Source == source), sizes.JudgedHostsPerSite)];
        var done = 0;
        return
        [
            .. hosts.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancel).SelectMany(host =>
            {
                var judged = judge(host).ToArray();
                progress?.Report(new AnalysisProgress($"{what}, {source}", Interlocked.Increment(ref done), hosts.Length));
                return judged;
            }),
        ];
    }
}
