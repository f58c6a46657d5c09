// SPDX-License-Identifier: Apache-2.0
//
// What can be wrong with the lines of a Condition: keys, operators that do not go with their key, set
// operators. What can be wrong with a single value is in value_checks.
#pragma once

#include <vector>

#include "policy/reader_context.h"
#include "policy/statement.h"

namespace grantproof::policy {

// All lines of a statement; `effect` decides which way a line that always holds is dangerous.
void check_conditions(ReaderContext& context, const std::vector<Condition>& conditions, Effect effect,
                      bool& understood);

}  // namespace grantproof::policy
