// SPDX-License-Identifier: Apache-2.0
using System.Net;

namespace Detector.Intake.Limits;

/// <summary>Counts connections, in all and by address.</summary>
internal sealed class ConnectionGate(ClientLimits limits)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, int> _byAddress = [];
    private int _all;

    /// <summary>Takes a place; the tag of the limit that is reached, or null where there was a place.</summary>
    public string? Enter(IPAddress address)
    {
        lock (_gate)
        {
            if (_all >= limits.Connections)
            {
                return "connections";
            }

            var here = _byAddress.GetValueOrDefault(address);
            if (here >= limits.ConnectionsPerAddress)
            {
                return "connections_per_address";
            }

            _all++;
            _byAddress[address] = here + 1;
            return null;
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Leave(IPAddress address)
    {
        lock (_gate)
        {
            _all--;
            if (_byAddress[address] is > 1 and var here)
            {
                _byAddress[address] = here - 1;
            }
            else
            {
                _byAddress.Remove(address);
            }
        }
    }
}
