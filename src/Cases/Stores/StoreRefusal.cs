// SPDX-License-Identifier: Apache-2.0
using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Detector.Cases.Stores;

/// <summary>Tells a store that refuses for now from a fault of what is to be kept.</summary>
public static class StoreRefusal
{
    /// <summary>Whether the same may succeed later: the disk is full or failing, another process holds the file, or the database does not answer.</summary>
    /// <param name="fault">What came of it; the mapper of objects wraps what the database said.</param>
    public static bool IsTemporary(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        for (var cause = fault; cause is not null; cause = cause.InnerException)
        {
            if (cause is CaseStoreUnavailableException
                or DbException { IsTransient: true }
                or SqliteException { SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_BUSY })
            {
                return true;
            }
        }

        return false;
    }
}
