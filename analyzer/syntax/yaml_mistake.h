// SPDX-License-Identifier: Apache-2.0
//
// yaml-cpp's error messages in plain words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"

namespace grantproof::syntax {

// GP0001 at `at`, or GP0003 where yaml-cpp's own limit of depth was reached. `message` is yaml-cpp's.
base::Diagnostic yaml_mistake(base::FileId file, std::string_view text, std::size_t at,
                              const std::string& message, std::size_t depth_limit);

}  // namespace grantproof::syntax
