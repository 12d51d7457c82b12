// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Microsoft.Data.Sqlite;

namespace Detector.Cases.Stores.Sqlite;

/// <summary>Schema of <c>cases.db</c>, by steps that are never changed afterwards.</summary>
internal static class SqliteSchema
{
    private static readonly string[] Steps = [FirstStep.Sql, SecondStep.Sql, ThirdStep.Sql, FourthStep.Sql, FifthStep.Sql, SixthStep.Sql, SeventhStep.Sql];

    /// <summary>Brings the file to the newest version; throws <see cref="InvalidDataException"/> where a newer program wrote it.</summary>
    public static void Migrate(SqliteConnection connection) => SqliteSteps.Apply(connection, "cases'", Steps);
}
