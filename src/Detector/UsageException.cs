// SPDX-License-Identifier: Apache-2.0
namespace Detector.Host;

/// <summary>The caller asked for something that cannot be: the message says what and how to mend it.</summary>
internal sealed class UsageException(string message) : Exception(message);
