// SPDX-License-Identifier: Apache-2.0
using Detector.Access;
using Detector.Cases.Measures;
using Detector.Metering;

namespace Detector.Cases.Dossier;

/// <summary>The words of a dossier's page, in English and Chinese.</summary>
internal static class PageText
{
    public static string Of(CaseState state) => Of(state.Name());

    public static string Of(CaseEventKind kind) => Of(kind.Name());

    public static string Of(Role role) => Of(role.Name());

    public static string Of(Verdict verdict) => Of(verdict.Name());

    public static string Of(MeasureKind kind) => Of(kind.Name());

    public static string Of(MeasureState state) => $"{Words(state.Name())} / {ChineseNames.Of(state)}";

    /// <summary>A code as English words and in Chinese; a code without Chinese stands alone.</summary>
    public static string Of(string code) => ChineseNames.Has(code) ? $"{Words(code)} / {ChineseNames.Of(code)}" : Words(code);

    /// <summary>What happened, in one line.</summary>
    public static string Of(CaseEvent happened) => happened.Kind switch
    {
        CaseEventKind.Moved => $"{Of(happened.Verb ?? "moved")}: {Of(happened.Before!.Value)} → {Of(happened.After)}",
        CaseEventKind.Proposed or CaseEventKind.ProposalVoided or CaseEventKind.Measure when happened.Verb is { } verb => $"{Of(happened.Kind)}: {Of(verb)}",
        _ => Of(happened.Kind),
    };

    private static string Words(string code) => code.Replace('_', ' ').Replace('-', ' ');
}
