// SPDX-License-Identifier: Apache-2.0
//
// grantproof explain RULE…: the page of a rule, from the binary.
#include <fmt/format.h>

#include "base/text.h"
#include "checks/rule.h"
#include "cli/commands.h"
#include "cli/rule_choice.h"

namespace grantproof::cli {

base::Expected<int> command_explain(const Options& options, const Machine& machine) {
  std::string text;
  for (const std::string& name : options.arguments) {
    const checks::Rule* rule =
        checks::find_rule(base::starts_with_ignoring_case(name, "gp") ? upper_case(name) : name);
    if (rule == nullptr)
      return tl::unexpected<base::Error>(no_such_rule_error(name));
    std::string_view page = rule->markdown;
    while (page.starts_with('\n'))
      page.remove_prefix(1);
    text += fmt::format("{}{}{}", text.empty() ? "" : "\n", page, page.ends_with('\n') ? "" : "\n");
  }
  machine.output(text);
  return kNothingFound;
}

}  // namespace grantproof::cli
