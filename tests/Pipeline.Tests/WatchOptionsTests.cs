// SPDX-License-Identifier: Apache-2.0
using Detector.Detection;

namespace Detector.Pipeline.Tests;

internal sealed class WatchOptionsTests
{
    [Test]
    public void A_judgement_is_given_its_window_and_all_the_history_it_looks_at()
    {
        var judging = new JudgeOptions();
        Assert.That(new WatchOptions().History, Is.EqualTo(TimeSpan.FromDays(judging.WindowDays + judging.HistoryDays)));
    }
}
