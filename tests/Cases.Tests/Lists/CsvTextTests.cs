// SPDX-License-Identifier: Apache-2.0
using Detector.Cases.Lists;

namespace Detector.Cases.Tests.Lists;

public sealed class CsvTextTests
{
    [TestCase("=1+1", "'=1+1")]
    [TestCase("+49", "'+49")]
    [TestCase("-cmd", "'-cmd")]
    [TestCase("@SUM(A1)", "'@SUM(A1)")]
    [TestCase("\t=1", "'\t=1")]
    [TestCase("  =1", "'  =1")]
    [TestCase("＝1", "'＝1")]
    [TestCase("=1,\"2\"", "\"'=1,\"\"2\"\"\"")]
    [TestCase("a\nb", "\"a\nb\"")]
    [TestCase("厂 1", "厂 1")]
    public void Text_stays_text(string text, string cell) => Assert.That(CsvText.Line(text), Is.EqualTo(cell + "\r\n"));

    [Test]
    public void Numbers_and_times_have_one_form_and_absent_values_none() =>
        Assert.That(CsvText.Line(null, -1.5m, 3, null, new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.FromHours(8))), Is.EqualTo(",-1.5,3,,2026-01-01T00:00:00Z\r\n"));
}
