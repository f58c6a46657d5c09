// SPDX-License-Identifier: Apache-2.0
//
// Paths as URIs (RFC 3986): relative to where the tool was started, '/' between segments, nothing but ASCII.
#pragma once

#include <string>
#include <string_view>

namespace grantproof::reports {

// "policies/größe.json" as "policies/gr%C3%B6%C3%9Fe.json"; an absolute path as "file:///…".
std::string artifact_uri(std::string_view path);

}  // namespace grantproof::reports
