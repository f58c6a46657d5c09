// SPDX-License-Identifier: Apache-2.0
//
// The version of the program, as --version and every report say it. A test holds it to CMakeLists.txt.
#pragma once

#include <string_view>

namespace grantproof::cli {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace grantproof::cli
