// SPDX-License-Identifier: Apache-2.0
using Detector.Metering;

namespace Detector.Detection.Explanation;

/// <summary>Declared uses as people call them in a sentence; a test holds that every use has a name.</summary>
internal static class DeclaredUseTexts
{
    private static readonly Dictionary<DeclaredUse, (string English, string Chinese)> Names = new()
    {
        [DeclaredUse.Unknown] = ("nothing", "未申报"),
        [DeclaredUse.DataCenter] = ("a data center", "数据中心"),
        [DeclaredUse.Colocation] = ("a data center with tenants", "托管数据中心"),
        [DeclaredUse.AiCompute] = ("AI compute", "人工智能算力"),
        [DeclaredUse.Hpc] = ("high-performance computing", "高性能计算"),
        [DeclaredUse.Telecom] = ("telecom", "通信站点"),
        [DeclaredUse.Commercial] = ("a commercial building", "商业建筑"),
        [DeclaredUse.Industrial] = ("industry", "工业"),
        [DeclaredUse.ColdStorage] = ("cold storage", "冷库"),
        [DeclaredUse.Water] = ("water supply", "供水"),
        [DeclaredUse.Lighting] = ("lighting", "照明"),
        [DeclaredUse.MiningDeclared] = ("mining", "挖矿"),
    };

    public static string English(DeclaredUse use) => Names[use].English;

    public static string Chinese(DeclaredUse use) => Names[use].Chinese;
}
