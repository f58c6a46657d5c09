// SPDX-License-Identifier: Apache-2.0
//
// REVISION:PATH as `diff` takes it: the text of a file in a git revision, asked of git itself, without a
// shell.
#pragma once

#include <string>
#include <string_view>

#include "base/expected.h"

namespace grantproof::cli {

// "HEAD:policies/bus.json": something before a ':' and something behind it, and no option of git's.
bool looks_like_git_object(std::string_view text);

base::Expected<std::string> read_git_object(const std::string& revision_and_path);

}  // namespace grantproof::cli
