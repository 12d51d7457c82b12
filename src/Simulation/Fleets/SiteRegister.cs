// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using Detector.Metering;

namespace Detector.Simulation;

/// <summary>What a site's row in the register says: names, owner, feeder, declared use, contract.</summary>
internal static class SiteRegister
{
    // Nobody declares mining; the notice names data centers first.
    private static readonly DeclaredUse[] Pretexts =
        [DeclaredUse.DataCenter, DeclaredUse.Colocation, DeclaredUse.Commercial, DeclaredUse.Industrial, DeclaredUse.AiCompute];

    private static readonly string[] Places =
        ["Qingshan", "Hongxing", "Beihe", "Donghu", "Xiling", "Nanping", "Yunfeng", "Longtan", "Jinsha", "Baihe", "Taihe", "Lanting", "Huaxi", "Meiling", "Shuangqiao"];

    private static readonly string[] PlacesInChinese =
        ["青山", "红星", "北河", "东湖", "西陵", "南坪", "云峰", "龙潭", "金沙", "白鹤", "泰和", "兰亭", "花溪", "梅岭", "双桥"];

    public static MeterRegistration Row(int index, SiteTruth truth, double contractedKilowatts, Surroundings around, Prng chance)
    {
        var number = (index + 1).ToString("0000", CultureInfo.InvariantCulture);
        var use = truth.Mines && (truth.LoadClass == "mining" || truth.MiningShare > 0.5) ? chance.Pick(Pretexts) : HonestLoad.DeclaredUseOf(truth.LoadClass);
        var region = around.Region;
        var feeder = chance.Whole(1, 9);
        var age = chance.Uniform(0.6, 12);
        return new MeterRegistration
        {
            Meter = MeterId.Of("m-" + number),
            Site = "s-" + number,
            Name = Name(use, chance.Split("name")),
            DeclaredUse = use,
            ContractedKilowatts = contractedKilowatts,
            Feeder = string.Create(CultureInfo.InvariantCulture, $"{Code(region)}-F{feeder:00}"),
            Owner = Owner(chance.Split("owner")),
            Region = region.Name,
            TimeZone = region.TimeZone,
            Commissioned = new DateTimeOffset(around.Grid.Start.AddDays(-365.25 * age).UtcDateTime.Date, TimeSpan.Zero),
        };
    }

    private static string Name(DeclaredUse use, Prng chance)
    {
        var place = chance.Whole(0, Places.Length);
        var (english, chinese) = use switch
        {
            DeclaredUse.DataCenter => ("Data Center", "数据中心"),
            DeclaredUse.Colocation => ("Colocation Park", "托管机房"),
            DeclaredUse.AiCompute => ("AI Compute Center", "智算中心"),
            DeclaredUse.Hpc => ("Supercomputing Center", "超算中心"),
            DeclaredUse.Telecom => ("Telecom Exchange", "通信枢纽"),
            DeclaredUse.Commercial => ("Business Building", "商务楼"),
            DeclaredUse.Industrial => ("Works", "工厂"),
            DeclaredUse.ColdStorage => ("Cold Store", "冷库"),
            DeclaredUse.Water => ("Water Works", "水厂"),
            DeclaredUse.Lighting => ("Road Lighting", "路灯"),
            _ => ("Substation Yard", "备用场地"),
        };
        var serial = chance.Whole(1, 30).ToString(CultureInfo.InvariantCulture);
        return chance.Chance(0.4) ? $"{PlacesInChinese[place]}{chinese}{serial}号" : $"{Places[place]} {english} {serial}";
    }

    private static string Owner(Prng chance)
    {
        var place = chance.Whole(0, Places.Length);
        return chance.Chance(0.4)
            ? PlacesInChinese[place] + chance.Pick(["科技有限公司", "实业集团", "能源有限公司"])
            : Places[place] + chance.Pick([" Technology Co.", " Industrial Group", " Energy Co."]);
    }

    private static string Code(Region region) => region.Name.Replace(" ", string.Empty, StringComparison.Ordinal)[..2].ToUpperInvariant();
}
