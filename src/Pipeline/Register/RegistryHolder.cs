// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>The register of meters in force; a changed register is swapped in whole, and rows come into force by the clock.</summary>
public sealed class RegistryHolder(SiteRegistry initial, TimeProvider time)
{
    private volatile View _view = View.Of(initial, time.GetUtcNow());

    /// <summary>The register as of now: the same object until something of it changes.</summary>
    public SiteRegistry Current
    {
        get
        {
            var view = _view;
            if (view.Until < DateTimeOffset.MaxValue && time.GetUtcNow() is var now && !view.Holds(now))
            {
                // Whoever loses the race drops a view that is equal to the winner's, or older than a register put in force meanwhile.
                Interlocked.CompareExchange(ref _view, View.Of(view.Registry, now), view);
                view = _view;
            }

            return view.Registry;
        }
    }

    /// <summary>Puts a new register in force.</summary>
    public void Replace(SiteRegistry registry) => _view = View.Of(registry, time.GetUtcNow());

    private sealed record View(SiteRegistry Registry, DateTimeOffset From, DateTimeOffset Until)
    {
        public static View Of(SiteRegistry registry, DateTimeOffset now) => new(registry.At(now), now, registry.NextChange(now) ?? DateTimeOffset.MaxValue);

        // A clock that is set back leaves the view as well.
        public bool Holds(DateTimeOffset now) => now >= From && now < Until;
    }
}
