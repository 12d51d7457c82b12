// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Stores;

namespace Detector.Cases.Desk;

/// <summary>Holds a change to the caller's terms, in the change's own transaction: an answer is kept exactly where the change is.</summary>
internal static class TermedChange
{
    /// <summary>Gives the kept answer again, refuses, or makes the change and keeps its answer.</summary>
    /// <param name="store">The transaction.</param>
    /// <param name="recorder">When it happens.</param>
    /// <param name="terms">The caller's terms.</param>
    /// <param name="actor">The caller: keys of different people never meet.</param>
    /// <param name="keepFor">How long answers are kept.</param>
    /// <param name="present">Reads the case as it is before the change; null where there is none.</param>
    /// <param name="change">Makes the change.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<MoveResult> ApplyAsync(
        ICaseWriter store, Recorder recorder, ChangeTerms terms, Actor actor, TimeSpan keepFor, Func<Task<CaseDetail?>> present, Func<Task<MoveResult>> change, CancellationToken cancel)
    {
        if (terms.Once is { } once)
        {
            await store.DropAnswersAsync(recorder.Now - keepFor, cancel);
            if (await store.AnswerAsync(actor.Name, once.Key, once.Part, cancel) is { } kept)
            {
                return kept.RequestSha256 == once.RequestSha256
                    ? new MoveResult(kept.Outcome, null, kept.Text, kept.TextZh) { Repeated = new RepeatedAnswer(kept.Version, kept.Answer) }
                    : Refused(MoveOutcome.KeyReused, MoveText.KeyReused(once.Key));
            }
        }

        if (terms.Versions is { } versions && await present() is { } seen && !versions.Contains(seen.Version, StringComparer.Ordinal))
        {
            return Refused(MoveOutcome.OtherVersion, MoveText.OtherVersion(seen.Version)); // looked at again, the same request may go through: not kept
        }

        var result = await change();
        if (terms.Once is { } key)
        {
            var answer = result.Succeeded ? key.Answer(result) : null;
            await store.AddAnswerAsync(
                new KeptAnswer(actor.Name, key.Key, key.Part, key.RequestSha256, result.Outcome, result.Text, result.TextZh, result.Case?.Version, answer, recorder.Now), cancel);
        }

        return result;
    }

    private static MoveResult Refused(MoveOutcome outcome, BothTexts text) => new(outcome, null, text.English, text.Chinese);
}

/// <summary>Terms in force until it is disposed.</summary>
internal sealed class TermsScope : IDisposable
{
    private readonly AsyncLocal<ChangeTerms?> _terms;
    private readonly ChangeTerms? _before;

    public TermsScope(AsyncLocal<ChangeTerms?> terms, ChangeTerms now)
    {
        (_terms, _before) = (terms, terms.Value);
        _terms.Value = now;
    }

    public void Dispose() => _terms.Value = _before;
}
