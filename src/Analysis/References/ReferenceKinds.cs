// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Analysis.Corpora;
using Detector.Detection;

namespace Detector.Analysis.References;

/// <summary>What the loads of the reference are called: by set and building, by simulated class, by style of mining.</summary>
internal static class ReferenceKinds
{
    private static readonly Dictionary<string, (string English, string Chinese)> Classes = new(StringComparer.Ordinal)
    {
        ["colocation"] = ("data center with tenants", "托管数据中心"),
        ["enterprise_data_center"] = ("enterprise data center", "企业数据中心"),
        ["ai_training"] = ("AI training", "人工智能训练"),
        ["ai_inference"] = ("AI inference", "人工智能推理"),
        ["hpc"] = ("supercomputer", "超级计算机"),
        ["telecom"] = ("telecom site", "通信站点"),
        ["cold_storage"] = ("cold storage", "冷库"),
        ["office"] = ("office building", "办公楼"),
        ["retail"] = ("shop", "商店"),
        ["laboratory"] = ("laboratory", "实验室"),
        ["industry_shift"] = ("factory in shifts", "倒班工厂"),
        ["industry_batch"] = ("batch plant", "批次生产厂"),
        ["process_industry"] = ("process plant", "流程工业厂"),
        ["water_pumping"] = ("water pumping", "供水泵站"),
        ["street_lighting"] = ("street lighting", "路灯"),
        ["server_hall"] = ("server hall", "服务器机房"),
        ["batch_cluster"] = ("cluster with a queue of jobs", "作业队列集群"),
        ["continuous_process"] = ("continuous process", "连续生产流程"),
        ["transfer_pumping"] = ("water transfer pumps", "调水泵站"),
        ["vehicle_charging"] = ("vehicle charging", "电动汽车充电"),
        ["sewage_works"] = ("sewage works", "污水处理厂"),
    };

    private static readonly Dictionary<string, (string English, string Chinese)> Styles = new(StringComparer.Ordinal)
    {
        ["steady"] = ("steady", "平稳"),
        ["curtailed"] = ("curtailed", "按电价限产"),
        ["night_only"] = ("night-only", "仅夜间"),
        ["throttled"] = ("throttled", "按日曲线调频"),
        ["noisy"] = ("noisy", "加噪"),
        ["growing"] = ("growing", "逐步扩容"),
        ["battery"] = ("battery-shaped", "储能调峰"),
        ["intermittent"] = ("intermittent", "间歇"),
        ["heating"] = ("heat-led", "随气温供热"),
        ["staggered"] = ("staggered", "分组轮停"),
        ["wandering"] = ("wandering", "负荷游走"),
        ["scheduled"] = ("scheduled", "按时段停歇"),
        ["jittered"] = ("jittered", "随机抖动"),
    };

    private static readonly Dictionary<string, (string English, string Chinese)> Buildings = new(StringComparer.Ordinal)
    {
        ["assembly"] = ("assembly building", "集会建筑"),
        ["education"] = ("education building", "教学楼"),
        ["health"] = ("health building", "医疗建筑"),
        ["lodging"] = ("lodging", "住宿楼"),
        ["office"] = ("office building", "办公楼"),
        ["parking"] = ("car park", "停车场"),
        ["public"] = ("public building", "公共建筑"),
        ["religion"] = ("religious building", "宗教建筑"),
        ["retail"] = ("shop", "商店"),
        ["warehouse"] = ("warehouse", "仓库"),
    };

    private static readonly Dictionary<string, (string Kind, string English, string Chinese)> Sets = new(StringComparer.Ordinal)
    {
        ["honest/cambridge_estates"] = ("cambridge_estates", "university building, University of Cambridge estate", "大学建筑，剑桥大学"),
        ["honest/hpc_system"] = ("hpc_system", "supercomputer LUMI", "超级计算机LUMI"),
        ["honest/google_power_2019"] = ("google_power_2019", "data center power domain, Google 2019", "数据中心供电域，Google 2019"),
        ["honest/biohpc"] = ("biohpc", "GPU server of a university cluster, Cornell BioHPC", "大学集群GPU服务器，Cornell BioHPC"),
        ["honest/uci851-steel"] = ("uci851_steel", "steel plant, DAEWOO Steel", "钢铁厂，DAEWOO Steel"),
    };

    private const string BuildingSet = "honest/bdg2/";

    /// <summary>A window's kind as a code, and what it is in both languages.</summary>
    public static (string Kind, string English, string Chinese) Of(WindowRecipe recipe)
    {
        var (kind, english, chinese) = Named(recipe);
        return (kind, $"{english}, {recipe.Days.ToString(CultureInfo.InvariantCulture)} days", $"{chinese}，{recipe.Days.ToString(CultureInfo.InvariantCulture)}天");
    }

    private static (string Kind, string English, string Chinese) Named(WindowRecipe recipe)
    {
        if (recipe.Site.StartsWith(InspectedLoads.Source + "/", StringComparison.Ordinal))
        {
            return recipe.Class == SampleClass.Honest
                ? ("inspected_honest", "inspected site without mining", "经检查未挖矿的站点")
                : ("inspected_mining", "inspected mining site", "经检查的挖矿站点");
        }

        if (recipe.Class == SampleClass.PureMining)
        {
            var (style, styleZh) = Styles.GetValueOrDefault(recipe.Style!, (recipe.Style!.Replace('_', ' '), recipe.Style!));
            return ($"simulated_mining_{recipe.Style}", $"simulated {style} mining", $"模拟{styleZh}挖矿");
        }

        if (!recipe.Real)
        {
            var code = recipe.Site.Split('-')[1];
            var (name, nameZh) = Classes.GetValueOrDefault(code, (code.Replace('_', ' '), code));
            return ($"simulated_{code}", $"simulated {name}", $"模拟{nameZh}");
        }

        return recipe.Site.StartsWith(BuildingSet, StringComparison.Ordinal) ? Building(recipe.Site[BuildingSet.Length..]) : OfSet(recipe.Site);
    }

    /// <summary>Buildings of Building Data Genome 2 carry their use in the middle of their name: Panther_office_Lois.</summary>
    private static (string Kind, string English, string Chinese) Building(string meter)
    {
        var use = meter.Split('_').ElementAtOrDefault(1) ?? "other";
        var (name, nameZh) = Buildings.GetValueOrDefault(use, ("building", "建筑"));
        return ($"bdg2_{use}", $"{name}, Building Data Genome 2", $"{nameZh}，Building Data Genome 2");
    }

    private static (string Kind, string English, string Chinese) OfSet(string site)
    {
        var set = site[..Math.Max(0, site.LastIndexOf('/'))];
        return Sets.TryGetValue(set, out var known) ? known : ("recorded_other", "other recorded load", "其他实测负荷");
    }
}
