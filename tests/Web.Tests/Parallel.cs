// SPDX-License-Identifier: Apache-2.0
// Each fixture has servers, ports and folders of its own, and waits for them more than it computes.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
