// SPDX-License-Identifier: Apache-2.0
using CsCheck;

namespace Detector.Simulation.Tests.Chance;

public sealed class PortableMathTests
{
    [Test]
    public void Logarithm_agrees_with_the_platform() =>
        Gen.Double[1e-12, 1e12].Sample(x => Math.Abs(PortableMath.Log(x) - Math.Log(x)) < 1e-12 * Math.Max(1, Math.Abs(Math.Log(x))), iter: 2000, threads: 1);

    [Test]
    public void Exponential_agrees_with_the_platform() =>
        Gen.Double[-600, 600].Sample(x => Math.Abs((PortableMath.Exp(x) / Math.Exp(x)) - 1) < 1e-12, iter: 2000, threads: 1);

    [Test]
    public void Sine_agrees_with_the_platform() =>
        Gen.Double[-100, 100].Sample(x => Math.Abs(PortableMath.SineOfTurns(x) - Math.Sin(2 * Math.PI * x)) < 1e-11, iter: 2000, threads: 1);

    [Test]
    public void Normal_quantiles_are_those_of_the_tables()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(NormalQuantile.Of(0.5), Is.Zero.Within(1e-12));
            Assert.That(NormalQuantile.Of(0.975), Is.EqualTo(1.959963985).Within(1e-8));
            Assert.That(NormalQuantile.Of(0.001), Is.EqualTo(-3.090232306).Within(1e-8));
        }
    }
}
