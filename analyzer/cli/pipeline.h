// SPDX-License-Identifier: Apache-2.0
//
// The main path: what `check` does, from paths to an exit code.
#pragma once

#include "base/expected.h"
#include "cli/machine.h"
#include "cli/options.h"

namespace grantproof::cli {

base::Expected<int> check(const Options& options, const Machine& machine);

}  // namespace grantproof::cli
