// SPDX-License-Identifier: Apache-2.0
//
// One function a command, each in a file of its own. They return the exit code; an Error is wrong use or a
// wrong world (exit code 2). prover::InternalError passes through.
#pragma once

#include "base/expected.h"
#include "cli/machine.h"
#include "cli/options.h"

namespace grantproof::cli {

enum ExitCode : int {
  kNothingFound = 0,
  kFound = 1,          // findings; a question without an answer; "no" of `can`
  kWrongUse = 2,       // options, configuration, input and output
  kInternalError = 3,  // ours
};

base::Expected<int> command_check(const Options& options, const Machine& machine);
base::Expected<int> command_diff(const Options& options, const Machine& machine);
base::Expected<int> command_can(const Options& options, const Machine& machine);
base::Expected<int> command_prove(const Options& options, const Machine& machine);
base::Expected<int> command_simulate(const Options& options, const Machine& machine);
base::Expected<int> command_replay(const Options& options, const Machine& machine);
base::Expected<int> command_match(const Options& options, const Machine& machine);
base::Expected<int> command_dump(const Options& options, const Machine& machine);
base::Expected<int> command_graph(const Options& options, const Machine& machine);
base::Expected<int> command_explain(const Options& options, const Machine& machine);
base::Expected<int> command_rules(const Options& options, const Machine& machine);

// Words to exit code, with every error said on machine.errors. What main() does, and what tests call.
int run(const std::vector<std::string>& words, const Machine& machine);

}  // namespace grantproof::cli
