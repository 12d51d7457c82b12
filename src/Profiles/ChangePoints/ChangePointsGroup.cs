// SPDX-License-Identifier: Apache-2.0
namespace Detector.Profiles.ChangePoints;

/// <summary>Steps of the level that stay.</summary>
/// <remarks>
/// In: what each day runs at. Out: the largest step between the week before and the week after a day, the cleanest step up and
/// down (two weeks that do not overlap), the number of steps, how the noise changes. Tenants move in and out in steps, too.
/// </remarks>
/// <example>100 kW for 40 days, then 150 kW for 51: largest step 0.33 of the level, one step.</example>
internal sealed class ChangePointsGroup : IFeatureGroup
{
    private const string Name = "change_points";
    private const float StepShare = 0.1f; // of the level: smaller is wander

    public string Group => Name;

    public IReadOnlyList<FeatureDescription> Features { get; } =
    [
        Describe.Ratio(Name, "step_largest", -100, 100, "largest sustained step of the level over the level it runs at", "最大持续阶跃与运行水平之比"),
        Describe.Ratio(Name, "step_clean_up", -100, 100, "cleanest step up: two weeks after clear of two weeks before", "最清晰的上升阶跃（前后两周不重叠）"),
        Describe.Ratio(Name, "step_clean_down", -100, 100, "cleanest step down: two weeks after clear of two weeks before", "最清晰的下降阶跃（前后两周不重叠）"),
        Describe.Ratio(Name, "step_count", 0, 10, "steps of more than 10 % in four weeks", "每四周超过10%的阶跃次数"),
        Describe.Log(Name, "step_noise", "noise after the largest step over noise before it", "最大阶跃后与前的噪声之比"),
    ];

    public void Compute(ProfileInput input, Span<float> values)
    {
        var daily = input.DayLevel;
        if (!(input.Level > 0) || daily.Length < 21)
        {
            return;
        }

        var largest = 0;
        var count = 0;
        var quietUntil = 0;
        var steps = new float[daily.Length];
        float up = float.NegativeInfinity, down = float.NegativeInfinity;
        for (var t = 7; t + 7 <= daily.Length; t++)
        {
            steps[t] = At(daily, t, 7, 0.5) - At(daily, t, -7, 0.5);
            steps[t] = float.IsNaN(steps[t]) ? 0 : steps[t] / (float)input.Level;
            largest = Math.Abs(steps[t]) > Math.Abs(steps[largest]) ? t : largest;
            if (Math.Abs(steps[t]) > StepShare && t >= quietUntil)
            {
                count++;
                quietUntil = t + 14; // one step is seen for two weeks
            }

            if (t >= 14 && t + 14 <= daily.Length)
            {
                up = Higher(up, At(daily, t, 14, 0.2) - At(daily, t, -14, 0.8));
                down = Higher(down, At(daily, t, -14, 0.2) - At(daily, t, 14, 0.8));
            }
        }

        values[0] = steps[largest];
        values[1] = (float)(up / input.Level);
        values[2] = (float)(down / input.Level);
        values[3] = count * 28f / daily.Length;
        values[4] = Noise(input, largest * 24);
    }

    private static float Higher(float a, float b) => b > a ? b : a; // an unknown b changes nothing

    private static float At(float[] daily, int day, int reach, double share)
    {
        var first = reach > 0 ? day : day + reach;
        return Quantiles.At(Moments.Known(daily.AsSpan(first, Math.Abs(reach))), share);
    }

    private static float Noise(ProfileInput input, int hour)
    {
        if (hour < HourlyLoad.WeekHours || hour > input.Count - HourlyLoad.WeekHours)
        {
            return float.NaN;
        }

        var before = Quantiles.Mad(Moments.Known(input.Residual.AsSpan(0, hour)));
        var after = Quantiles.Mad(Moments.Known(input.Residual.AsSpan(hour)));
        return Moments.Log(after / before);
    }
}
