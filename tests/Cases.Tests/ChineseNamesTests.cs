// SPDX-License-Identifier: Apache-2.0
using System.Xml.Linq;
using Detector.Access;
using Detector.Cases.Measures;
using Detector.Testing;

namespace Detector.Cases.Tests;

/// <summary>Answers and documents call things in Chinese as the console does.</summary>
internal sealed class ChineseNamesTests
{
    private static readonly Dictionary<string, string> Console = XDocument
        .Load(Path.Combine(Requires.Repository(), "src", "Web", "Resources", "UiText.zh-Hans.resx")).Root!.Elements("data")
        .ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value, StringComparer.Ordinal);

    [TestCase("State.")]
    [TestCase("Verb.")]
    [TestCase("Role.")]
    [TestCase("Verdict.")]
    [TestCase("Measure.")]
    public void They_are_those_of_the_console(string group)
    {
        var named = Console.Where(c => c.Key.StartsWith(group, StringComparison.Ordinal)).Select(c => (Code: c.Key[group.Length..], c.Value)).Where(c => ChineseNames.Has(c.Code)).ToArray();
        Assert.That(named, Has.Length.GreaterThanOrEqualTo(4));
        Assert.That(named.Where(c => ChineseNames.Of(c.Code) != c.Value), Is.Empty);
    }

    [Test]
    public void Every_state_move_measure_and_role_has_one() => Assert.Multiple(() =>
    {
        Assert.That(Enum.GetValues<CaseState>().Where(s => !ChineseNames.Has(s.Name())), Is.Empty);
        Assert.That(Enum.GetValues<MeasureKind>().Where(k => !ChineseNames.Has(k.Name())), Is.Empty);
        Assert.That(Enum.GetValues<Role>().Where(r => !ChineseNames.Has(r.Name())), Is.Empty);
        Assert.That(CaseLifecycle.Standard().Transitions.Where(t => !ChineseNames.Has(t.Verb)), Is.Empty);
        Assert.That(Enum.GetValues<MeasureState>().Where(s => ChineseNames.Of(s) != Console["MeasureState." + s.Name()]), Is.Empty);
    });

    [Test]
    public void An_answer_in_Chinese_names_no_code()
    {
        Assert.That(MoveText.NotFrom("start-measures", CaseState.ExitMonitoring).Chinese, Is.EqualTo("状态“退出监测”下不能执行“启动处置措施”。"));
        Assert.That(MeasureText.NoBasis(MeasureKind.DifferentialPrice, "云南").Chinese, Does.Contain("“差别电价”").And.Not.Contain("differential"));
    }
}
