// SPDX-License-Identifier: Apache-2.0
//
// From words to an exit code: dispatch, and what is said when something goes wrong.
#include <fmt/format.h>

#include <exception>
#include <string_view>

#include "aws/reference.h"
#include "base/fingerprint.h"
#include "cli/commands.h"
#include "cli/version.h"
#include "prover/prover.h"
#include "prover/z3_session.h"

namespace grantproof::cli {
namespace {

std::string version_text() {
  return fmt::format("grantproof {} (Z3 {}, AWS service reference {})\n", kVersion,
                     prover::Z3Session::version(), aws::Reference::embedded().date());
}

base::Expected<int> dispatch(const Options& options, const Machine& machine) {
  switch (options.command) {
    case Command::kCheck:
      return command_check(options, machine);
    case Command::kDiff:
      return command_diff(options, machine);
    case Command::kCan:
      return command_can(options, machine);
    case Command::kProve:
      return command_prove(options, machine);
    case Command::kSimulate:
      return command_simulate(options, machine);
    case Command::kReplay:
      return command_replay(options, machine);
    case Command::kMatch:
      return command_match(options, machine);
    case Command::kDump:
      return command_dump(options, machine);
    case Command::kGraph:
      return command_graph(options, machine);
    case Command::kExplain:
      return command_explain(options, machine);
    case Command::kRules:
      return command_rules(options, machine);
    case Command::kHelp:
      machine.output(help_text(options.help_about));
      return kNothingFound;
    case Command::kVersion:
      machine.output(version_text());
      return kNothingFound;
  }
  return kInternalError;
}

// The question goes into a file, so that it can be reported.
void say_internal_error(const prover::InternalError& failure, const Machine& machine) {
  machine.errors(fmt::format("grantproof: internal error: {}\n", failure.what()));
  machine.errors("  this is a mistake of grantproof, not of your policy; rely on no verdict of this run\n");
  if (failure.dump().empty())
    return;
  const std::string name = fmt::format("grantproof-internal-error-{}.smt2",
                                       base::fingerprint(failure.dump()).text().substr(0, 12));
  const auto written = machine.files->write_file(name, failure.dump());
  machine.errors(written ? fmt::format("  the question is in {}: please report it\n", name)
                         : fmt::format("  {}\n", written.error().message));
}

}  // namespace

int run(const std::vector<std::string>& words, const Machine& machine) {
  try {
    const auto options = parse_options(words);
    const base::Expected<int> code = options
                                         ? dispatch(*options, machine)
                                         : base::Expected<int>(tl::unexpected<base::Error>(options.error()));
    if (code)
      return *code;
    machine.errors(fmt::format("grantproof: {}\n", code.error().message));
    return kWrongUse;
  } catch (const prover::InternalError& failure) {
    say_internal_error(failure, machine);
  } catch (const std::bad_alloc&) {
    machine.errors("grantproof: internal error: out of memory\n");
  } catch (const std::exception& failure) {
    machine.errors(fmt::format("grantproof: internal error: {}\n", failure.what()));
  }
  return kInternalError;
}

}  // namespace grantproof::cli
