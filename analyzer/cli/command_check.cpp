// SPDX-License-Identifier: Apache-2.0
//
// grantproof check: the main path.
#include "cli/commands.h"
#include "cli/pipeline.h"

namespace grantproof::cli {

base::Expected<int> command_check(const Options& options, const Machine& machine) {
  return check(options, machine);
}

}  // namespace grantproof::cli
