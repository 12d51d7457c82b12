// SPDX-License-Identifier: Apache-2.0
namespace Detector.Cases.Stores;

/// <summary>The server that holds the cases cannot be reached now. Temporary.</summary>
public sealed class CaseStoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
