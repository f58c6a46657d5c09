// SPDX-License-Identifier: Apache-2.0
//
// simulate --cases: a file of cases, one on each line, decided in one pass without holding more than one of
// them.
#pragma once

#include <string>

#include "base/expected.h"
#include "cli/machine.h"

namespace grantproof::cli {

// One line {"id": …, "result": …} a case on the output, mismatches and a count on the errors. The exit code.
base::Expected<int> simulate_cases(const std::string& path, bool quiet, const Machine& machine);

}  // namespace grantproof::cli
