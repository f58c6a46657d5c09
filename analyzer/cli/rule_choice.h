// SPDX-License-Identifier: Apache-2.0
//
// --select and --ignore, and `rules` of the configuration: which rules are asked. Findings that say that
// something was not read or not answered cannot be turned off: a gate without them would pass what nobody
// understood.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/expected.h"
#include "checks/check_engine.h"

namespace grantproof::cli {

std::string upper_case(std::string_view text);

// "there is no rule 'GP2O01'", "did you mean GP2001?"
struct Misnamed {
  std::string message;
  std::string help;
};
Misnamed no_such_rule(std::string_view name);
base::Error no_such_rule_error(std::string_view name);

// Is this a rule that says that there is no verdict?
bool always_on(std::string_view rule_id);

// Ids, prefixes of ids ("GP2") and slugs to what the check engine takes.
base::Expected<checks::CheckSelection> choose_rules(const std::vector<std::string>& select,
                                                    const std::vector<std::string>& ignore);

}  // namespace grantproof::cli
