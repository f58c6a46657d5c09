// SPDX-License-Identifier: Apache-2.0
//
// grantproof rules: one line a rule.
#include <fmt/format.h>

#include <algorithm>

#include "checks/rule.h"
#include "cli/commands.h"

namespace grantproof::cli {

base::Expected<int> command_rules(const Options& /*options*/, const Machine& machine) {
  std::size_t width = 0;
  for (const checks::Rule& rule : checks::rules())
    width = std::max(width, rule.slug.size());
  std::string text;
  for (const checks::Rule& rule : checks::rules())
    text += fmt::format("{}  {:<7}  {:<{}}  {}\n", rule.id, base::name(rule.severity), rule.slug, width,
                        rule.title);
  machine.output(text);
  return kNothingFound;
}

}  // namespace grantproof::cli
