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
        ["added_shape"] = new(
            "What was added is the same at all hours of the week, whatever the rest of the load does",
            "What was added follows the hours of the week or grows with the rest of the load",
            "新增部分在一周各时段相同，与其余负荷无关", "新增部分随一周时段或其余负荷而变"),
        ["added_clock"] = new(
            "While it runs, what was added holds one level and keeps to the clock",
            "What was added neither runs through nor keeps to a clock",
            "新增部分运行时保持单一水平并按时启停", "新增部分既不连续运行也不按时启停"),
        ["added_shift"] = new(
            "The whole load moved up by one amount, its daily minima included",
            "The load did not move up as a whole",
            "负荷整体上移同一数值，日最小值亦然", "负荷并非整体上移"),
        ["added_weeks"] = new(
            "It came at once, stayed and keeps its level week by week",
            "It came and goes, or wanders from week to week",
            "新增部分一次到位并逐周保持水平", "新增部分时有时无或逐周漂移"),
        ["added_noise"] = new(
            "It brought no noise of its own, as machines at a fixed operating point",
            "It brought noise of its own, as people and weather do",
            "新增部分不带自身波动，如固定工况运行的机器", "新增部分带有自身波动，与人和天气所致相符"),
        ["added_drops"] = new(
            "What was added falls away as a whole and comes back, as machines on one pool, network or switch",
            "What was added does not fall away as a whole",
            "新增部分整体跌落又恢复，如同接于同一矿池、网络或开关的机器", "新增部分不会整体跌落"),
        ["added_among"] = new(
            "Such a step stands alone in this load",
            "This load often steps by as much",
            "该负荷中仅此一次此类阶跃", "该负荷常有同等幅度的阶跃"),
        ["added_history"] = new(
            "In thirteen months the load was never there, nor did it rise so at this date last year",
            "The load has been there before, or rose likewise at this date last year",
            "此前十三个月负荷从未达到此水平，去年同期亦无此上升", "负荷曾达到此水平，或去年同期有类似上升"),
    };

    public static GroupText Of(string group) => ByGroup[group];

    public static bool Has(string group) => ByGroup.ContainsKey(group);
}
