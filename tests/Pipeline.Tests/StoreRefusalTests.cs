// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Stores;
using Microsoft.Data.Sqlite;

namespace Detector.Pipeline.Tests;

internal sealed class StoreRefusalTests
{
    [TestCase(13, true, Description = "the disk is full")]
    [TestCase(10, true, Description = "the disk fails")]
    [TestCase(5, true, Description = "another process writes")]
    [TestCase(19, false, Description = "a constraint does not hold")]
    [TestCase(1, false, Description = "a statement is wrong")]
    public void Sqlite_is_asked_again_only_where_that_may_help(int code, bool temporary)
    {
        var fault = new SqliteException("of a test", code);
        Assert.That(StoreRefusal.IsTemporary(fault), Is.EqualTo(temporary));
        Assert.That(StoreRefusal.IsTemporary(new InvalidOperationException("as the mapper wraps it", fault)), Is.EqualTo(temporary));
    }

    [Test]
    public void Store_that_does_not_answer_is_asked_again_and_a_fault_of_the_program_is_not()
    {
        Assert.That(StoreRefusal.IsTemporary(new CaseStoreUnavailableException("of a test")), Is.True);
        Assert.That(StoreRefusal.IsTemporary(new InvalidOperationException("of a test")), Is.False);
    }
}
