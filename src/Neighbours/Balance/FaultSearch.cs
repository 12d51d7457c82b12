// SPDX-License-Identifier: Apache-2.0
namespace Detector.Neighbours;

/// <summary>Looks for a sub-meter whose clock or multiplier is wrong: what is left then follows that meter's load.</summary>
/// <remarks>
/// A fault is taken for one where setting it right makes the remainder's hourly changes smaller by a quarter. Only loads
/// that move can betray a fault; a perfectly flat sub-meter with a wrong multiplier looks like a tap, and is why an
/// inspection of the feeder begins with its transformers.
/// </remarks>
internal static class FaultSearch
{
    private const int MostFaults = 3;
    private const double Quieter = 0.75; // of the changes before
    private const double Quiet = 0.002; // of the mean: changes so small leave nothing to explain
    private const double LeastMultiple = 0.05; // meters of class 1 are right within this

    private const double UsualLoss = 0.03; // share
    private const double AnyMultiple = 1; // a multiplier may be anything

    private static readonly double[] Offsets = [.. Enumerable.Range(-48, 97).Select(q => q / 4.0).Where(h => h != 0 && (Math.Abs(h) <= 2 || h == Math.Floor(h)))];

    /// <summary>The sheet set right, and what was wrong.</summary>
    public static (BalanceSheet Sheet, List<SubMeterFault> Faults) Mend(BalanceSheet sheet, NeighbourOptions options)
    {
        var faults = new List<SubMeterFault>();
        while (faults.Count < MostFaults)
        {
            var fit = Fitted.Of(sheet, options);
            if (!(fit.Scale > Quiet * fit.Loss.MeanKilowatts))
            {
                break;
            }

            var clock = Clock(sheet, fit, options);
            var multiplier = Multiplier(sheet, fit, options);
            if (clock is null && multiplier is null)
            {
                break;
            }

            var best = multiplier is null || (clock is { } c && c.Scale <= multiplier.Value.Scale) ? clock!.Value : multiplier.Value;
            sheet = best.Fault.Kind == SubMeterFaultKind.ClockOffset
                ? sheet.Shifted(best.Child, best.Fault.Amount)
                : sheet.Multiplied(best.Child, best.Fault.Amount);
            faults.Add(best.Fault);
        }

        return (sheet, faults);
    }

    private static (int Child, SubMeterFault Fault, double Scale)? Clock(BalanceSheet sheet, Fitted fit, NeighbourOptions options)
    {
        // The loss was fitted with the fault in it; a usual loss is nearer to the truth until the clock is right.
        var usual = fit with { Loss = fit.Loss with { Proportional = UsualLoss, Quadratic = 0 } };
        var before = ChangeScale(usual.Left(sheet));
        (int Child, SubMeterFault Fault, double Scale)? best = null;
        for (var child = -1; child < sheet.Children.Length; child++)
        {
            if (child >= 0 && ChangeScale(sheet.Children[child]) < 0.5 * fit.Scale)
            {
                continue; // too even for its clock to matter
            }

            foreach (var hours in Offsets)
            {
                var scale = ChangeScale(usual.Left(sheet.Shifted(child, hours)));
                if (scale < Quieter * before && (best is null || scale < best.Value.Scale))
                {
                    var meter = child < 0 ? sheet.ParentMeter : sheet.Meters[child];
                    best = (child, new SubMeterFault(meter, SubMeterFaultKind.ClockOffset, hours), scale);
                }
            }
        }

        if (best is not { } found)
        {
            return null;
        }

        var mended = Fitted.Of(sheet.Shifted(found.Child, found.Fault.Amount), options).Scale;
        return mended < Quieter * fit.Scale ? (found.Child, found.Fault, mended) : null;
    }

    private static (int Child, SubMeterFault Fault, double Scale)? Multiplier(BalanceSheet sheet, Fitted fit, NeighbourOptions options)
    {
        (int Child, SubMeterFault Fault, double Scale)? best = null;
        for (var child = 0; child < sheet.Children.Length; child++)
        {
            var (loss, multiples) = LossFit.Of(fit.Sum, fit.Difference, [sheet.Children[child]], AnyMultiple, options);
            var k = multiples[0];
            var scale = ChangeScale([.. fit.Difference.Select((d, i) => d - loss.WithLoad(fit.Sum[i]) - (k * sheet.Children[child][i]))]);
            var kilowatts = Math.Abs(k) * Numbers.Median(sheet.Children[child]);
            if (Math.Abs(k) >= LeastMultiple && k > -0.95 && kilowatts >= options.LeastResidualKilowatts
                && scale < Quieter * fit.Scale && (best is null || scale < best.Value.Scale))
            {
                best = (child, new SubMeterFault(sheet.Meters[child], SubMeterFaultKind.Multiplier, 1 + k), scale);
            }
        }

        return best;
    }

    /// <summary>Mean hour-to-hour change, kW. Not the median: a load that is switched betrays its clock at few hours of the day.</summary>
    private static double ChangeScale(double[] values)
    {
        double sum = 0;
        var known = 0;
        for (var i = 1; i < values.Length; i++)
        {
            var change = Math.Abs(values[i] - values[i - 1]);
            if (double.IsFinite(change))
            {
                sum += change;
                known++;
            }
        }

        return known == 0 ? double.NaN : sum / known;
    }

    /// <summary>A sheet with the loss as far as it is understood.</summary>
    private sealed record Fitted(double[] Sum, double[] Difference, LossEstimate Loss, double Scale)
    {
        public static Fitted Of(BalanceSheet sheet, NeighbourOptions options)
        {
            var sum = sheet.Sum();
            double[] difference = [.. sum.Select((s, i) => sheet.Parent[i] - s)];
            var (loss, _) = LossFit.Of(sum, difference, [], AnyMultiple, options);
            var fitted = new Fitted(sum, difference, loss, 0);
            return fitted with { Scale = ChangeScale(fitted.Left(sheet)) };
        }

        public double[] Left(BalanceSheet sheet)
        {
            var sum = sheet.Sum();
            return [.. sum.Select((s, i) => sheet.Parent[i] - s - Loss.WithLoad(s))];
        }
    }
}
