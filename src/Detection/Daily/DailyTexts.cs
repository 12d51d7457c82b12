// SPDX-License-Identifier: Apache-2.0
using Detector.Detection.Explanation;

namespace Detector.Detection.Daily;

/// <summary>The leads of the daily groups; a test holds that every group of the daily catalogue has one.</summary>
internal static class DailyTexts
{
    private static readonly Dictionary<string, GroupText> ByGroup = new(StringComparer.Ordinal)
    {
        ["day_flatness"] = new(
            "From day to day the energy is as even as that of machines at a fixed operating point",
            "From day to day the energy varies more than that of machines at a fixed operating point",
            "日电量如固定工况运行的机器般平稳", "日电量的起伏大于固定工况运行的机器"),
        ["day_calendar"] = new(
            "The days hardly answer to working weeks", "The days follow people's working week",
            "日电量几乎不随工作周变化", "日电量随人的工作周变化"),
        ["day_changes"] = new(
            "Days differ from one another as those of a bank of identical machines do",
            "Days differ from one another as honest days do",
            "逐日差异与成批同型机器一致", "逐日差异与正常负荷一致"),
        ["day_residual"] = new(
            "What level and week leave over leans and clusters as outages and repairs of machines do",
            "What level and week leave over is as irregular as people and weather make it",
            "扣除水平与周规律后的残余如机器停机与维修所致", "扣除水平与周规律后的残余与人和天气造成的不规则相符"),
        ["day_scales"] = new(
            "From days to weeks the load moves as a bank of machines does",
            "From days to weeks the load moves as honest load does",
            "从日到周的各尺度上，负荷的变动与成批机器一致", "从日到周的各尺度上，负荷的变动与正常负荷一致"),
        ["day_drops"] = new(
            "Days fall and return as with outages common to all machines, and do not rise",
            "Low and high days are those of ordinary operation",
            "低电量日如全体机器共同停机后恢复，且无对应升高", "高低电量日属于一般运行"),
        ["day_drift"] = new(
            "Over weeks and seasons the level stays, or steps and stays, as machines are put there, not as weather and tenants move it",
            "Over weeks and seasons the level wanders with weather and tenants",
            "数周至季节间水平不变或阶跃后保持，如机器增装所致，而非随天气与租户变化", "数周至季节间水平随天气与租户漂移"),
        ["day_levels"] = new(
            "When it is on, the site holds one level as machines do", "The site does not hold a level as machines do",
            "开启时保持单一水平，如机器运行", "不像机器那样保持水平"),
        ["day_steps"] = new(
            "A lasting rise added the same every day, as machines do", "Rises are those of ordinary sites, which scale with their week or pass",
            "持续上升部分每日相同，如新增机器", "负荷上升属于一般站点，随周规律放大或不持久"),
        ["day_runs"] = new(
            "Quiet stretches are as long as those of machines", "The order of the days is that of ordinary load",
            "平稳时段与机器一样长", "各日次序与一般负荷相符"),
    };

    public static GroupText Of(string group) => ByGroup[group];

    public static bool Has(string group) => ByGroup.ContainsKey(group);
}
