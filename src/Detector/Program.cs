// SPDX-License-Identifier: Apache-2.0
using Detector.Host;

return await CommandLine.RunAsync(args);
