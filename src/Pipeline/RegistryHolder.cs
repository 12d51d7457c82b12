// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Pipeline;

/// <summary>The register of meters in force; a changed register is swapped in whole.</summary>
public sealed class RegistryHolder(SiteRegistry initial)
{
    private SiteRegistry _current = initial;

    /// <summary>The register now.</summary>
    public SiteRegistry Current => Volatile.Read(ref _current);

    /// <summary>Puts a new register in force.</summary>
    public void Replace(SiteRegistry registry) => Volatile.Write(ref _current, registry);
}
