// SPDX-License-Identifier: Apache-2.0
using Microsoft.AspNetCore.Http.Metadata;

namespace Detector.Web.Api;

/// <summary>The longest body that a call takes, in bytes; a longer one is 413. On a call it goes before that of its group.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
