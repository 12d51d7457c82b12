// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Detector.Access;
using Detector.Cases;
using Detector.Metering;
using Detector.Testing;
using Detector.Web.Bulk;
using Detector.Web.Views;

namespace Detector.Web.Tests.Console;

/// <summary>Every text of the console exists in both languages.</summary>
[TestFixture]
internal sealed partial class TextTests
{
    private static readonly string Source = Path.Combine(Requires.Repository(), "src", "Web");

    [Test]
    public void Both_languages_have_the_same_keys_and_no_empty_text()
    {
        var (english, chinese) = (Texts("UiText.resx"), Texts("UiText.zh-Hans.resx"));
        Assert.That(chinese.Keys, Is.EquivalentTo(english.Keys));
        Assert.That(english.Values.Concat(chinese.Values), Has.None.Matches<string>(string.IsNullOrWhiteSpace));
    }

    [Test]
    public void Chinese_texts_are_translated()
    {
        var (english, chinese) = (Texts("UiText.resx"), Texts("UiText.zh-Hans.resx"));
        var untranslated = chinese.Where(t => t.Value == english[t.Key] && t.Value.Any(char.IsLetter)).Select(t => t.Key);
        Assert.That(untranslated, Is.Empty);
    }

    [Test]
    public void Placeholders_agree_between_the_languages()
    {
        var (english, chinese) = (Texts("UiText.resx"), Texts("UiText.zh-Hans.resx"));
        foreach (var (key, text) in english)
        {
            Assert.That(Places(chinese[key]), Is.EquivalentTo(Places(text)), key);
        }
    }

    [Test]
    public void Every_key_that_a_page_names_exists()
    {
        var known = Texts("UiText.resx");
        var named = Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(f => Named().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
            .Where(k => !k.EndsWith('.'))
            .ToHashSet(StringComparer.Ordinal);
        Assert.That(named, Has.Count.GreaterThan(80));
        Assert.That(named.Where(k => !known.ContainsKey(k)), Is.Empty);
    }

    [Test]
    public void Every_code_that_pages_show_has_its_text()
    {
        var known = Texts("UiText.resx").Keys;
        var codes = CaseStateNames.All.Select(s => "State." + s.Name())
            .Concat(RoleNames.All.Select(r => "Role." + r.Name()))
            .Concat(DeclaredUseNames.All.Select(u => "Use." + u))
            .Concat(Enum.GetValues<Verdict>().Select(v => "Verdict." + v.Name()))
            .Concat(Enum.GetValues<QualityFlags>().Where(f => f != QualityFlags.None).Select(f => "Flag." + QualityFlagNames.Text(f)))
            .Concat(Enum.GetValues<CaseEventKind>().Select(k => "Event." + k.Name()))
            .Concat(Enum.GetValues<MoveStep>().Select(s => "Step." + s))
            .Concat(new[] { "triage", "start-inspection", "confirm", "refute", "mark-inconclusive", "start-measures", "start-exit-monitoring", "object", "uphold-objection", "reject-objection", "reopen", "close", "assign", "note", "snooze", "wake" }.Select(v => "Verb." + v))
            .Concat(BulkAnswer.Kinds.SelectMany(k => new[] { "Outcome." + k, "Bulk.Sum." + k }))
            .Concat(CaseQuery.Dues.Select(d => "Cases.Due." + d))
            .Concat(BacktestChange.Kinds.Select(k => "Backtest.Kind." + k));
        Assert.That(codes.Where(c => !known.Contains(c)), Is.Empty);
    }

    [Test]
    public void No_text_is_kept_that_no_page_uses()
    {
        var source = string.Concat(Directory.EnumerateFiles(Source, "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".razor", StringComparison.Ordinal) || f.EndsWith(".cs", StringComparison.Ordinal))
            .Select(File.ReadAllText));
        var unused = Texts("UiText.resx").Keys.Where(k =>
            !source.Contains($"\"{k}\"", StringComparison.Ordinal) && !source.Contains($"\"{k[..(k.LastIndexOf('.') + 1)]}\" +", StringComparison.Ordinal));
        Assert.That(unused, Is.Empty);
    }

    [Test]
    public void Every_group_of_evidence_and_everything_that_may_be_missing_has_its_name()
    {
        var detection = Path.Combine(Source, "..", "Detection");
        var known = Texts("UiText.resx").Keys;
        var groups = Grouped().Matches(File.ReadAllText(Path.Combine(detection, "Explanation", "GroupTexts.cs"))).Select(m => "Group." + m.Groups[1].Value).ToList();
        var codes = Coded().Matches(File.ReadAllText(Path.Combine(detection, "Ladder", "MissingCatalog.cs"))).Select(m => "Missing." + m.Groups[1].Value).ToList();
        Assert.That(groups, Has.Count.GreaterThan(15));
        Assert.That(codes, Has.Count.GreaterThan(10));
        Assert.That(groups.Concat(codes).Concat(["Group.added_load", "Group.utilisation", "Group.burst", "Group.neighbours"]).Where(c => !known.Contains(c)), Is.Empty);
    }

    private static Dictionary<string, string> Texts(string file) =>
        XDocument.Load(Path.Combine(Source, "Resources", file)).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(m => m.Value).Distinct();

    [GeneratedRegex(@"L\[""([^""]+)""")]
    private static partial Regex Named();

    [GeneratedRegex(@"\[""([a-z_]+)""\] = new\(")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"^        ""([a-z_]+)"",", RegexOptions.Multiline)]
    private static partial Regex Coded();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();
}
