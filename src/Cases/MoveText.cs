// SPDX-License-Identifier: Apache-2.0
using Detector.Access;

namespace Detector.Cases;

/// <summary>A sentence in English and Chinese.</summary>
internal readonly record struct BothTexts(string English, string Chinese)
{
    public static BothTexts None { get; } = new(string.Empty, string.Empty);
}

/// <summary>What people are told of a move.</summary>
internal static class MoveText
{
    public static BothTexts UnknownCase(string id) => new($"There is no case '{id}'.", $"没有案件“{id}”。");

    public static BothTexts UnknownVerb(string verb) => new($"'{verb}' is not a move of a case.", $"“{verb}”不是案件的处理动作。");

    public static BothTexts WrongRole(string verb, Role role) =>
        new($"'{verb}' is not for the role {role.Name()}.", $"角色“{ChineseNames.Of(role)}”无权执行“{ChineseNames.Of(verb)}”。");

    public static BothTexts NotFrom(string verb, CaseState state) =>
        new($"'{verb}' is not a legal move from {state.Name()}.", $"状态“{ChineseNames.Of(state)}”下不能执行“{ChineseNames.Of(verb)}”。");

    public static BothTexts Stale(long seen, long present) => new(
        $"The evidence has changed: version {seen} was given, the case is at version {present}. Look again.",
        $"证据已变化：提交的是第 {seen} 版，案件现为第 {present} 版，请重新查看。");

    public static BothTexts Stale(string id, long seen, long present) => new(
        $"The evidence of {id} has changed: version {seen} was given, it is at version {present}. Look again.",
        $"{id} 的证据已变化：提交的是第 {seen} 版，现为第 {present} 版，请重新查看。");

    public static BothTexts NoReason(string verb) => new($"Say why: {verb} takes a note.", "请在备注中说明理由。");

    public static BothTexts IntoItself(string id) => new($"{id} cannot be merged into itself.", $"{id} 不能并入自身。");

    public static BothTexts Decided(string id, CaseState state) => new(
        $"{id} is {state.Name()}. Only cases that nobody has decided yet (screened, triaged, inspecting, inconclusive) are merged or split.",
        $"{id} 的状态为“{ChineseNames.Of(state)}”。只有尚未作出决定的案件（已筛出、已研判、现场检查中、尚无定论）才能合并或拆分。");

    public static BothTexts LeadsOthers(string id, string other) => new(
        $"{other} is merged into {id}. Split it off first, or merge the other way round.",
        $"{other} 已并入 {id}，请先拆分，或反向合并。");

    public static BothTexts NotMerged(string id) => new($"{id} is not merged into another case.", $"{id} 未并入其他案件。");

    public static BothTexts NothingLeft(string leading, string id) => new(
        $"Without {id}, {leading} would stand on no evidence.", $"拆出 {id} 后，{leading} 将没有任何证据。");

    public static BothTexts Merged(string id, string leading) => new($"{id} was merged into {leading}.", $"{id} 已并入 {leading}。");

    public static BothTexts Split(string id, string leading) => new($"{id} was split from {leading} and stands for itself.", $"{id} 已从 {leading} 拆出，独立办理。");

    public static BothTexts MustBeProposedFirst(string verb, Role role) => new(
        $"'{verb}' must first be proposed by an operator; the role {role.Name()} may then approve it.",
        $"“{ChineseNames.Of(verb)}”须先由操作员提出，角色“{ChineseNames.Of(role)}”只能随后批准。");

    public static BothTexts SamePerson(string person) => new(
        $"{person} proposed this; a different person must approve it.",
        $"该提议由 {person} 提出，须由另一人批准。");

    public static BothTexts Overtaken(Proposal proposal, long present) => new(
        $"The evidence changed after {proposal.Person} proposed '{proposal.Verb}' on version {proposal.EvidenceVersion}; it is at version {present} now. The proposal is void and must be made again.",
        $"{proposal.Person} 依据第 {proposal.EvidenceVersion} 版证据提出“{ChineseNames.Of(proposal.Verb)}”之后证据已变化，现为第 {present} 版。该提议作废，须重新提出。");

    public static BothTexts OtherIsOpen(string other) => new(
        $"The site has an open case already: {other}. New evidence belongs there.",
        $"该站点已有未结案件 {other}，新证据应并入该案件。");

    public static BothTexts NotForRole(string what, Role role) =>
        new($"To {what} a case is not for the role {role.Name()}.", $"角色“{ChineseNames.Of(role)}”无权对案件执行“{ChineseNames.Of(what)}”。");

    public static BothTexts NotWhenOver(string what, CaseState state) =>
        new($"A case that is {state.Name()} is not worked on: {what} is for open cases.", $"案件状态为“{ChineseNames.Of(state)}”，不能执行“{ChineseNames.Of(what)}”。");

    public static BothTexts BadName { get; } = new("An assignee is a user's name of 1 to 64 readable characters.", "承办人须为 1 至 64 个可读字符的用户名。");

    public static BothTexts NoNote { get; } = new("Write what is to be noted.", "请填写备注内容。");

    public static BothTexts BadSnooze(TimeSpan longest) => new(
        $"A case is put off to a time from now on, at most {longest.TotalDays:0} days ahead, and with a reason.",
        $"暂缓须给出原因，到期时间须晚于现在且不超过 {longest.TotalDays:0} 天。");

    public static BothTexts NotPutOff { get; } = new("The case is not put off.", "该案件未被暂缓。");

    public static BothTexts Recorded { get; } = new("It was recorded.", "已记录。");

    public static BothTexts Moved(CaseState before, CaseState after) =>
        new($"The case moved from {before.Name()} to {after.Name()}.", $"案件已由“{ChineseNames.Of(before)}”转为“{ChineseNames.Of(after)}”。");

    public static BothTexts Proposed(string verb) => new(
        $"'{verb}' is proposed; a different person must approve it.",
        $"已提出“{ChineseNames.Of(verb)}”，须由另一人批准。");

    public static BothTexts BadAttachmentName(int longest) => new(
        $"name must be a file's name of 1 to {longest} readable characters, without folders.",
        $"name 须为 1 至 {longest} 个可读字符的文件名，不含路径。");

    public static BothTexts AttachmentTooLarge(int longest) => new($"A file has at most {longest} bytes.", $"文件不得超过 {longest} 字节。");

    public static BothTexts AttachmentType(string endings) => new(
        $"The content must be of a type that is taken, and name end as that type does: {endings}.",
        $"文件内容须为可接受的类型，且文件名后缀与之相符：{endings}。");

    public static BothTexts TooMuchAttached(long most) => new(
        $"The files of a case have at most {most} bytes together.", $"一个案件的附件合计不得超过 {most} 字节。");

    public static BothTexts TooManyAttachments(int most) => new($"A case has at most {most} files.", $"一个案件最多可有 {most} 个附件。");

    public static BothTexts KeyReused(string key) => new(
        $"The Idempotency-Key '{key}' came with another request before. Give a new request a new key.",
        $"Idempotency-Key“{key}”此前已用于另一请求，新请求须使用新的键。");

    public static BothTexts OtherVersion(string present) => new(
        $"The case is at version {present}, not at the one that If-Match names. Look again.",
        $"案件现为版本 {present}，与 If-Match 所列不符，请重新查看。");

    public static BothTexts BadNote(int longest) => new(
        $"A note has at most {longest} characters and no control characters but line ends and tabs.",
        $"备注不得超过 {longest} 个字符，除换行和制表符外不得含控制字符。");
}
