// SPDX-License-Identifier: Apache-2.0
namespace Detector.Detection.Explanation;

/// <summary>What a group of features means when it speaks for mining and when it speaks against: the lead of each reason.</summary>
internal sealed record GroupText(string For, string Against, string ForZh, string AgainstZh);

/// <summary>The leads of all groups; a test holds that every group of the catalogue has one.</summary>
internal static class GroupTexts
{
    private static readonly Dictionary<string, GroupText> ByGroup = new(StringComparer.Ordinal)
    {
        ["flatness"] = new(
            "The load is as even as machines at a fixed operating point",
            "The load varies more than machines at a fixed operating point would",
            "负荷如固定工况运行的机器般平稳", "负荷的起伏大于固定工况运行的机器"),
        ["calendar"] = new(
            "The load hardly answers to working hours and weekends, or does so like a timer",
            "The load follows people's working hours and weekends",
            "负荷几乎不随工作时间和周末变化，或仅像定时器一样变化", "负荷随人的作息与周末变化"),
        ["residual"] = new(
            "What is left after the weekly rhythm is smaller and more regular than people and weather leave",
            "What is left after the weekly rhythm is as irregular as people and weather make it",
            "去除周规律后的残余比人和天气造成的更小、更规则", "去除周规律后的残余与人和天气造成的不规则相符"),
        ["scales"] = new(
            "From hours to weeks the load moves as a bank of identical machines does",
            "From hours to weeks the load moves as honest load does",
            "从小时到周的各尺度上，负荷的变动与成批同型机器一致", "从小时到周的各尺度上，负荷的变动与正常负荷一致"),
        ["spectrum"] = new(
            "The load lacks the duty cycles and slow swings of ordinary plant",
            "The load shows the duty cycles and slow swings of ordinary plant",
            "负荷缺少一般设备的启停循环与缓慢波动", "负荷具有一般设备的启停循环与缓慢波动"),
        ["base"] = new(
            "The base load stands unusually firm under the rest",
            "The base load moves with the rest as in honest buildings",
            "基荷异常稳固，不随其余负荷变化", "基荷随其余负荷一同变化，与正常建筑相符"),
        ["remainder"] = new(
            "What stands above the base load is not the shape that such a base goes with",
            "What stands above the base load fits an ordinary building",
            "基荷以上部分的形状与该基荷水平不相称", "基荷以上部分的形状与普通建筑相符"),
        ["drops"] = new(
            "The load falls and returns as machines do that follow one pool, network or price",
            "The load's falls and peaks are those of ordinary operation",
            "负荷的跌落与恢复如同受同一矿池、网络或电价控制的机器", "负荷的跌落与尖峰属于一般运行"),
        ["two_level"] = new(
            "When it is on, the load holds one level as machines at a fixed operating point do",
            "The load does not hold a level as machines at a fixed operating point do",
            "负荷开启时保持单一水平，如固定工况运行的机器", "负荷不像固定工况运行的机器那样保持水平"),
        ["drift"] = new(
            "Over the weeks the level stays where machines put it, untouched by season and tenants",
            "Over the weeks the level wanders with season and tenants",
            "数周内水平保持不变，不受季节与租户影响", "数周内水平随季节与租户漂移"),
        ["change_points"] = new(
            "The level changes in the way banks of machines are added and retuned",
            "The level changes in the way honest sites grow and shrink",
            "水平的变化如同成批机器的增装与调频", "水平的变化如同正常站点的增减"),
    };

    public static GroupText Of(string group) => ByGroup[group];

    public static bool Has(string group) => ByGroup.ContainsKey(group);
}
