// SPDX-License-Identifier: Apache-2.0
namespace Detector.Analysis.Evaluation;

/// <summary>Names of the figures in the JSON report; they only grow.</summary>
internal static class FigureNames
{
    public const string Detection = "detection";
    public const string DetectionOfJudged = "detection_of_judged";
    public const string FalseRate = "false_rate";
    public const string FalseCases = "false_cases_per_1000_site_years";
    public const string OpenedCases = "opened_false_cases_per_1000_site_years";
    public const string HonestSiteYears = "honest_site_years";
    public const string Insufficient = "insufficient";
    public const string Precision = "precision";
    public const string Recall = "recall";
    public const string F1 = "f1";
    public const string AveragePrecision = "average_precision";
    public const string PrecisionAmongFirst = "precision_among_first_";
    public const string CalibrationError = "expected_calibration_error";
    public const string OnsetError = "onset_median_absolute_error_hours";
    public const string OnsetCoverage = "onset_interval_coverage";
}
