// SPDX-License-Identifier: Apache-2.0
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Detector.Web.Components.Parts;

/// <summary>A part of a page in whose element a script of the console draws.</summary>
/// <remarks>The page may be left at any moment: a call that finds the browser gone has nothing left to do.</remarks>
public abstract class ScriptedPart : ComponentBase, IAsyncDisposable
{
    private IJSObjectReference? _module;

    [Inject]
    internal IJSRuntime Browser { get; set; } = null!;

    /// <summary>The element that the script is given.</summary>
    protected ElementReference Host { get; set; }

    /// <summary>File of the script; it exports <c>mount(host, options)</c> and <c>dispose(host)</c>.</summary>
    protected abstract string Script { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_module is null)
        {
            return;
        }

        try
        {
            await _module.InvokeVoidAsync("dispose", Host);
            await _module.DisposeAsync();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or TaskCanceledException)
        {
            // The browser has let go of it already.
        }
    }

    /// <summary>Has the script draw; loads it first where this is the first time.</summary>
    protected async Task DrawAsync(string call, object options)
    {
        try
        {
            _module ??= await Browser.InvokeAsync<IJSObjectReference>("import", $"./_content/Detector.Web/{Script}");
            await _module.InvokeVoidAsync(call, Host, options);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or TaskCanceledException)
        {
            // The page is gone.
        }
    }

    /// <summary>Calls a function of the script that moves what is drawn; nothing is done before it is.</summary>
    protected async Task CallAsync(string call, double amount)
    {
        if (_module is not null)
        {
            await _module.InvokeVoidAsync(call, Host, amount);
        }
    }
}
