// SPDX-License-Identifier: Apache-2.0
using Detector.Timeline;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Detector.Web.Components.Parts;

/// <summary>A page that looks for changes every few seconds while it is open.</summary>
/// <remarks>A refresh that fails keeps what is shown and says so; the next one tries again.</remarks>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private string? _loadedFor;

    [Inject]
    internal IOptions<WebOptions> Options { get; set; } = null!;

    [Inject]
    internal TimeProvider Clock { get; set; } = null!;

    [Inject]
    internal ILoggerFactory Logs { get; set; } = null!;

    /// <summary>A page that is open.</summary>
    protected LivePage() => Closed = _closed.Token;

    /// <summary>Ends with the page; may be asked after it, by what was waiting meanwhile.</summary>
    protected CancellationToken Closed { get; }

    /// <summary>Whether the first load is done.</summary>
    protected bool Loaded { get; private set; }

    /// <summary>Whether the last load failed; what is shown is then old.</summary>
    protected bool Stale { get; private set; }

    /// <summary>What the page is about; a change loads anew.</summary>
    protected virtual string Subject => string.Empty;

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gathers what the page shows.</summary>
    protected abstract Task LoadAsync(CancellationToken cancel);

    /// <summary>Loads now and shows the result.</summary>
    protected async Task RefreshAsync()
    {
        try
        {
            await LoadAsync(Closed);
            (Loaded, Stale) = (true, false);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception fault) when (fault is TimelineUnavailableException or System.Data.Common.DbException or IOException or TimeoutException)
        {
            Stale = true;
            Log.RefreshFailed(Logs.CreateLogger("Detector.Web"), fault);
        }
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_loadedFor != Subject)
        {
            _loadedFor = Subject;
            await RefreshAsync();
        }
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ = FollowAsync();
        }
    }

    /// <summary>Releases what the page holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_closed.IsCancellationRequested)
        {
            _closed.Cancel();
            _closed.Dispose();
        }
    }

    private async Task FollowAsync()
    {
        using var timer = new PeriodicTimer(Options.Value.RefreshEvery, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(Closed))
            {
                await InvokeAsync(async () =>
                {
                    await RefreshAsync();
                    StateHasChanged();
                });
            }
        }
        catch (Exception closing) when (closing is OperationCanceledException or ObjectDisposedException)
        {
            // The page is gone.
        }
    }
}
