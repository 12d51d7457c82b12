// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Desk;
using Detector.Cases.Stores;
using Detector.Metering;
using Microsoft.Extensions.Logging;

namespace Detector.Cases;

/// <summary>The one door to cases: every finding comes in here, every move is made here, and nothing else changes a case.</summary>
/// <remarks>Each change is one transaction: the case, its event, its link in the audit chain and the event for outside are all kept or none is.
/// Safe for concurrent use; several processes may open the same store.</remarks>
public sealed partial class CaseDesk : IAsyncDisposable
{
    private readonly ICaseStore _store;
    private readonly CasesOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly CaseLifecycle _lifecycle = CaseLifecycle.Standard();
    private readonly Consideration _consideration;
    private readonly Movement _movement;
    private readonly CaseWork _work;
    private readonly Merging _merging;
    private readonly Deadlines _deadlines;

    /// <summary>The terms of whoever asks: they belong to a request as a whole, whichever desk it comes to.</summary>
    private readonly AsyncLocal<ChangeTerms?> _terms = new();

    internal CaseDesk(ICaseStore store, CasesOptions options, TimeProvider clock, ILoggerFactory loggers)
    {
        _store = store;
        _options = options;
        _clock = clock;
        _log = loggers.CreateLogger<CaseDesk>();
        _consideration = new Consideration(options);
        _movement = new Movement(_lifecycle, options);
        _work = new CaseWork(options);
        _merging = new Merging(options);
        _deadlines = new Deadlines(options);
    }

    /// <summary>Told after each commit that put something into the outbox; in this process only.</summary>
    internal event Action? Committed;

    /// <summary>The store, for the outbox publisher and the feed.</summary>
    internal ICaseStore Store => _store;

    /// <summary>The settings, for the other desks.</summary>
    internal CasesOptions Options => _options;

    /// <summary>How dossiers are signed.</summary>
    public Dossier.DossierOptions DossierOptions => _options.Dossier;

    /// <summary>Opens the store that the settings name, under the data folder, and brings its schema forward.</summary>
    public static async Task<CaseDesk> OpenAsync(
        CasesOptions options, string dataFolder, TimeProvider clock, ILoggerFactory loggers, CancellationToken cancel)
    {
        var store = await CaseStoreCatalog.Standard().OpenAsync(new CaseStoreSetting(dataFolder, options), cancel);
        return new CaseDesk(store, options, clock, loggers);
    }

    /// <summary>Takes a finding into account: the history of verdicts, and the site's case. Idempotent by meter, window and model.</summary>
    public Task<CaseChange> ConsiderAsync(Finding finding, CancellationToken cancel) => ConsiderAsync(finding, TimeRange.All, cancel);

    /// <summary>The same, of a meter that was elsewhere before or will be: a case's evidence from another time of it at the site is not held against this.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="installed">From when until when the meter is there.</param>
    /// <param name="cancel">Gives up; nothing is then written.</param>
    public Task<CaseChange> ConsiderAsync(Finding finding, TimeRange installed, CancellationToken cancel) => ConsiderAsync(finding, installed, hasLeft: false, cancel);

    /// <summary>Takes a finding of a site into account that its meter has left. Idempotent by what it says: the same window judged again with another result counts.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="installed">From when until when the meter was there.</param>
    /// <param name="cancel">Gives up; nothing is then written.</param>
    public Task<CaseChange> ConsiderFormerAsync(Finding finding, TimeRange installed, CancellationToken cancel) => ConsiderAsync(finding, installed, hasLeft: true, cancel);

    private async Task<CaseChange> ConsiderAsync(Finding finding, TimeRange installed, bool hasLeft, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var change = await _store.WriteAsync(
            (writer, stop) => _consideration.ApplyAsync(writer, RecorderOf(writer), finding, installed, hasLeft, stop), cancel);
        Metrics.Considered(change.Kind);
        if (change.VerdictRecorded)
        {
            Committed?.Invoke();
        }

        switch (change.Kind)
        {
            case CaseChangeKind.Opened:
                _log.CaseOpened(change.CaseId!, finding.Site, finding.Meter.Value);
                break;
            case CaseChangeKind.Joined:
                _log.EvidenceJoined(change.CaseId, change.EvidenceVersion, finding.Meter.Value);
                break;
            case CaseChangeKind.Reopened:
                _log.CaseReopened(change.CaseId, finding.Site, finding.Meter.Value);
                break;
            case CaseChangeKind.Suppressed when change.VerdictRecorded:
                _log.Suppressed(change.Why);
                break;
            default:
                break;
        }

        return change;
    }

    /// <summary>Holds every change that is asked for from here on, within this flow of execution, to the caller's terms.</summary>
    /// <returns>Ends it when disposed.</returns>
    public IDisposable Under(ChangeTerms terms) => new TermsScope(_terms, terms);

    /// <summary>Makes a person's move, or says why not.</summary>
    /// <param name="caseId">The case.</param>
    /// <param name="verb">The verb; <c>-</c>, <c>_</c> and space are alike.</param>
    /// <param name="evidenceVersion">The evidence version that the person decided on.</param>
    /// <param name="actor">The person.</param>
    /// <param name="note">Why, in their words; at most 4000 characters.</param>
    /// <param name="cancel">Gives up; nothing is then written.</param>
    public async Task<MoveResult> MoveAsync(
        string caseId, string verb, long evidenceVersion, Actor actor, string? note, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var request = new MoveRequest(caseId ?? string.Empty, verb ?? string.Empty, evidenceVersion, actor, note);
        return await ChangeAsync(
            request.CaseId, note, _lifecycle.Find(verb)?.Verb ?? "unknown", actor, (writer, recorder, stop) => _movement.ApplyAsync(writer, recorder, request, stop), cancel);
    }

    /// <summary>Gives a case to a person; null or empty takes it from whoever has it.</summary>
    public Task<MoveResult> AssignAsync(string caseId, string? assignee, Actor actor, string? note, CancellationToken cancel) =>
        WorkAsync(new WorkRequest(Work.Assign, caseId, actor, note, Assignee: assignee), cancel);

    /// <summary>Writes a note on a case; at most 4000 characters.</summary>
    public Task<MoveResult> NoteAsync(string caseId, string note, Actor actor, CancellationToken cancel) =>
        WorkAsync(new WorkRequest(Work.Note, caseId, actor, note), cancel);

    /// <summary>Puts a case off until a moment, with the reason; new evidence wakes it before.</summary>
    public Task<MoveResult> SnoozeAsync(string caseId, DateTimeOffset until, Actor actor, string reason, CancellationToken cancel) =>
        WorkAsync(new WorkRequest(Work.Snooze, caseId, actor, reason, Until: until), cancel);

    /// <summary>Ends the waiting of a case that was put off; it is due when its state's deadline says.</summary>
    public Task<MoveResult> WakeAsync(string caseId, Actor actor, string? note, CancellationToken cancel) =>
        WorkAsync(new WorkRequest(Work.Wake, caseId, actor, note), cancel);

    /// <summary>Merges a case into another that leads from then on, where both turn out to be one matter; neither may be decided yet.</summary>
    /// <param name="caseId">The case that is merged.</param>
    /// <param name="into">The case that leads.</param>
    /// <param name="evidenceVersion">The evidence of the first that the person saw.</param>
    /// <param name="intoEvidenceVersion">The evidence of the second that the person saw.</param>
    /// <param name="actor">The person.</param>
    /// <param name="note">Why; needed.</param>
    /// <param name="cancel">Gives up; nothing is then written.</param>
    public Task<MoveResult> MergeAsync(
        string caseId, string? into, long evidenceVersion, long intoEvidenceVersion, Actor actor, string? note, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var request = new MergeRequest(caseId, into ?? string.Empty, evidenceVersion, intoEvidenceVersion, actor, note);
        return ChangeAsync(caseId, note, "merge", actor, (writer, recorder, stop) => _merging.MergeAsync(writer, recorder, request, stop), cancel);
    }

    /// <summary>Lets a merged case stand for itself again, in the state in which it was merged and with the evidence of its site since.</summary>
    /// <param name="caseId">The case that was merged.</param>
    /// <param name="leadingEvidenceVersion">The evidence of the leading case that the person saw.</param>
    /// <param name="actor">The person.</param>
    /// <param name="note">Why; needed.</param>
    /// <param name="cancel">Gives up; nothing is then written.</param>
    public Task<MoveResult> SplitAsync(string caseId, long leadingEvidenceVersion, Actor actor, string? note, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var request = new MergeRequest(caseId, Into: string.Empty, EvidenceVersion: 0, leadingEvidenceVersion, actor, note);
        return ChangeAsync(caseId, note, "split", actor, (writer, recorder, stop) => _merging.SplitAsync(writer, recorder, request, stop), cancel);
    }

    /// <summary>Escalates every open case whose deadline has passed, and says how many.</summary>
    public async Task<int> EscalateAsync(CancellationToken cancel)
    {
        var escalated = 0;
        foreach (var due in await ListAsync(new CaseFilter { DueBefore = Now(), Limit = CaseFilter.MostRows }, cancel))
        {
            var number = CaseRecord.NumberOf(due.Id)!.Value;
            var after = await _store.WriteAsync((writer, stop) => _deadlines.EscalateAsync(writer, RecorderOf(writer), number, stop), cancel);
            if (after is not null)
            {
                escalated++;
                Metrics.Escalated();
                _log.CaseEscalated(after.Id, after.Site, after.State, after.Since, after.Escalations, after.Assignee ?? "nobody");
                Committed?.Invoke();
            }
        }

        return escalated;
    }

    /// <summary>Escalates what is due, again and again, until cancelled. A store that fails is asked again at the next look.</summary>
    public async Task WatchDeadlinesAsync(CancellationToken cancel)
    {
        var every = _options.Deadlines.LookEvery;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await EscalateAsync(cancel);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                _log.DeadlinesFailed(fault, every);
            }

            await Task.Delay(every, _clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private Task<MoveResult> WorkAsync(WorkRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request.Actor);
        return ChangeAsync(
            request.CaseId, request.Note, request.Work.ToString().ToLowerInvariant(), request.Actor, (writer, recorder, stop) => _work.ApplyAsync(writer, recorder, request, stop), cancel);
    }

    /// <summary>One person's change in one transaction, counted and logged.</summary>
    internal async Task<MoveResult> ChangeAsync(
        string caseId,
        string? note,
        string verb,
        Actor actor,
        Func<ICaseWriter, Recorder, CancellationToken, Task<(MoveOutcome Outcome, BothTexts Text, CaseRecord? Record)>> change,
        CancellationToken cancel)
    {
        if (!Movement.IsReadable(note))
        {
            var bad = MoveText.BadNote(Movement.LongestNote);
            return new MoveResult(MoveOutcome.Invalid, await GetAsync(caseId, cancel), bad.English, bad.Chinese);
        }

        var terms = _terms.Value;
        var result = await _store.WriteAsync(
            (writer, stop) =>
            {
                var recorder = RecorderOf(writer);
                return terms is null
                    ? MakeAsync()
                    : TermedChange.ApplyAsync(writer, recorder, terms, actor, _options.KeepAnswers, () => DetailAsync(writer, caseId, stop), MakeAsync, stop);

                async Task<MoveResult> MakeAsync()
                {
                    var (outcome, text, record) = await change(writer, recorder, stop);
                    return new MoveResult(outcome, record is null ? null : await DetailAsync(writer, record, stop), text.English, text.Chinese);
                }
            },
            cancel);
        if (result.Repeated is not null)
        {
            Metrics.Repeated();
            _log.Repeated(actor.Name, verb, result.Outcome);
            return result;
        }

        Committed?.Invoke();
        Metrics.Moved(verb, result.Outcome);
        _log.Moved(actor.Name, actor.Role, verb, result.Case?.Summary.Id ?? "no case", result.Outcome);
        return result;
    }

    /// <summary>Something that the program notices of a case, in one transaction.</summary>
    internal async Task<bool> NoticeAsync(Func<ICaseWriter, Recorder, CancellationToken, Task<bool>> notice, CancellationToken cancel)
    {
        var noticed = await _store.WriteAsync((writer, stop) => notice(writer, RecorderOf(writer), stop), cancel);
        Committed?.Invoke();
        return noticed;
    }

    /// <summary>Wakes whoever waits for news of the store.</summary>
    internal void Tell() => Committed?.Invoke();

    private Recorder RecorderOf(ICaseWriter writer) => new(writer, Now(), _options);

    private async Task<CaseDetail?> DetailAsync(ICaseReader reader, string id, CancellationToken cancel) =>
        CaseRecord.NumberOf(id) is { } number && await reader.CaseAsync(number, cancel) is { } record ? await DetailAsync(reader, record, cancel) : null;

    private async Task<CaseDetail> DetailAsync(ICaseReader reader, CaseRecord record, CancellationToken cancel)
    {
        var events = await reader.EventsOfAsync(record.Number, cancel);
        var coolDown = record.RefutedAt is { } refuted && refuted + _options.CoolDown > Now() ? refuted + _options.CoolDown : (DateTimeOffset?)null;
        return new CaseDetail
        {
            Summary = record.Summary(),
            Evidence = await reader.EvidenceOfAsync(record.Number, cancel),
            Events = events,
            Moves = MovesOf(record.Summary()),
            CoolDownUntil = coolDown,
            CoolDownWhy = coolDown is null ? null : Consideration.RefutationOf(events)?.Why,
        };
    }

    /// <summary>Milliseconds are what the store keeps, so nothing finer may enter a hash.</summary>
    internal DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_clock.GetUtcNow().ToUnixTimeMilliseconds());
}
